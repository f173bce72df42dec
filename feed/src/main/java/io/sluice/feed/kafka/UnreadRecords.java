package io.sluice.feed.kafka;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * What Kafka deleted before it was read, told apart from harmless gaps.
 *
 * @param deleted records deleted unread, all partitions together
 * @param description which offsets of which partitions, for a log line
 */
record UnreadRecords(long deleted, String description) {

  /**
   * Judges gaps by where the logs begin, at any time after the gaps were met.
   *
   * <p>Never too few: Kafka resets a reader only if the log starts past its position, and a log
   * never starts earlier again. Too many only where a gap of commit markers or aborted records was
   * read, and then deleted before it was judged. A partition that is missing in {@code logStarts}
   * is taken to have lost all of its gaps.
   */
  static UnreadRecords among(List<OffsetGap> gaps, Map<TopicPartition, Long> logStarts) {
    Map<String, Long> deleted = new TreeMap<>();
    Map<String, OffsetGap> spans = new TreeMap<>();
    for (OffsetGap gap : gaps) {
      long ofGap = gap.deleted(logStarts.getOrDefault(gap.partition(), Long.MAX_VALUE));
      if (ofGap > 0) {
        deleted.merge(gap.partition().toString(), ofGap, Long::sum);
        spans.merge(gap.partition().toString(), gap, UnreadRecords::span);
      }
    }
    return new UnreadRecords(
        deleted.values().stream().mapToLong(Long::longValue).sum(),
        spans.values().stream()
            .map(
                span ->
                    "%s: %d records between offsets %d and %d"
                        .formatted(
                            span.partition(),
                            deleted.get(span.partition().toString()),
                            span.from(),
                            span.to() - 1))
            .collect(joining("; ")));
  }

  private static OffsetGap span(OffsetGap a, OffsetGap b) {
    return new OffsetGap(a.partition(), Math.min(a.from(), b.from()), Math.max(a.to(), b.to()));
  }
}
