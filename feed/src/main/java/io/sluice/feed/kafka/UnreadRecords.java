package io.sluice.feed.kafka;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * What Kafka deleted before it was read, told from gaps that mean nothing.
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
    Map<String, OffsetGap> widest = new TreeMap<>();
    Map<String, Long> deletedOf = new TreeMap<>();
    long deleted = 0;
    for (OffsetGap gap : gaps) {
      long ofGap = gap.deleted(logStarts.getOrDefault(gap.partition(), Long.MAX_VALUE));
      if (ofGap > 0) {
        String name = gap.partition().toString();
        deleted += ofGap;
        deletedOf.merge(name, ofGap, Long::sum);
        widest.merge(name, gap, UnreadRecords::span);
      }
    }
    return new UnreadRecords(
        deleted,
        String.join(
            "; ",
            widest.entrySet().stream()
                .map(
                    each ->
                        "%s: %d records between offsets %d and %d"
                            .formatted(
                                each.getKey(),
                                deletedOf.get(each.getKey()),
                                each.getValue().from(),
                                each.getValue().to() - 1))
                .toList()));
  }

  private static OffsetGap span(OffsetGap a, OffsetGap b) {
    return new OffsetGap(a.partition(), Math.min(a.from(), b.from()), Math.max(a.to(), b.to()));
  }
}
