package io.sluice.feed.kafka;

import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.concurrent.ExecutorThreadFactory;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the silent loss loud: a Kafka consumer whose position was deleted goes on at the earliest
 * record there is, without a word. Counts every gap ({@code sluice.skippedOffsets}), asks Kafka
 * whether records were deleted in it, and if so counts them ({@code sluice.recordsDeletedUnread})
 * and logs an error.
 *
 * <p>{@link #met} is called on the task thread and never blocks; Kafka is asked on a thread of this
 * object's own, for all gaps of some seconds together, which bounds the log, too. If Kafka does not
 * answer, all of a gap counts as deleted.
 */
final class GapWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GapWatch.class);

  static final Duration COLLECT_FOR = Duration.ofSeconds(5);
  private static final long CLOSE_WITHIN_SECONDS = 2;

  private final Counter skippedOffsets;
  private final Supplier<Topic> connect;
  private final Duration collectFor;
  private final List<OffsetGap> unjudged = new ArrayList<>();

  /** Has no thread before its first task. */
  private final ScheduledExecutorService judge =
      Executors.newSingleThreadScheduledExecutor(new ExecutorThreadFactory("kafka-gap-watch"));

  /** Incremented on the judge's thread only. */
  private final Counter recordsDeletedUnread;

  private Topic topic;

  /**
   * @param connect called on the thread that asks, at the first gap
   * @param collectFor how long gaps are collected before Kafka is asked about them
   */
  GapWatch(MetricGroup group, Supplier<Topic> connect, Duration collectFor) {
    this.skippedOffsets = SourceMetric.SKIPPED_OFFSETS.counter(group);
    this.recordsDeletedUnread = SourceMetric.RECORDS_DELETED_UNREAD.counter(group);
    this.connect = connect;
    this.collectFor = collectFor;
  }

  /** Offsets were passed over. */
  @SuppressWarnings("FutureReturnValueIgnored") // what fails is logged where it does
  void met(OffsetGap gap) {
    skippedOffsets.inc(gap.offsets());
    synchronized (unjudged) {
      unjudged.add(gap);
      if (unjudged.size() == 1) {
        judge.schedule(this::judge, collectFor.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  private void judge() {
    List<OffsetGap> gaps = takeUnjudged();
    UnreadRecords unread = UnreadRecords.among(gaps, logStarts(gaps));
    if (unread.deleted() > 0) {
      recordsDeletedUnread.inc(unread.deleted());
      LOG.error(
          "Kafka deleted {} records before they were read; they are lost to this job. {}. The"
              + " source was held or the job was down for longer than the topic's retention: raise"
              + " the retention, or buffer.max-bytes and the heap",
          unread.deleted(),
          unread.description());
    }
  }

  /** Where the logs begin; empty if Kafka does not tell, or nobody waits for it any more. */
  private Map<TopicPartition, Long> logStarts(List<OffsetGap> gaps) {
    try {
      if (topic == null) {
        topic = connect.get();
      }
      return topic.earliest(gaps.stream().map(OffsetGap::partition).collect(toSet()));
    } catch (Exception e) {
      LOG.warn("Kafka did not say where its logs begin; every gap counts as deleted records", e);
      return Map.of();
    }
  }

  private List<OffsetGap> takeUnjudged() {
    synchronized (unjudged) {
      List<OffsetGap> taken = List.copyOf(unjudged);
      unjudged.clear();
      return taken;
    }
  }

  /** Does not wait for Kafka: gaps that are not judged yet are logged as what they may be. */
  @Override
  public void close() {
    judge.shutdownNow();
    List<OffsetGap> rest = takeUnjudged();
    if (!rest.isEmpty()) {
      LOG.error(
          "The source ends before Kafka could say whether it had deleted records unread. It may"
              + " be all that was skipped: {}",
          UnreadRecords.among(rest, Map.of()).description());
    }
    try {
      if (judge.awaitTermination(CLOSE_WITHIN_SECONDS, TimeUnit.SECONDS) && topic != null) {
        topic.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
