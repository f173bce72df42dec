package io.sluice.feed.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
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

  /** Incremented on this object's thread only. */
  private final Counter recordsDeletedUnread;

  private final Supplier<LogStarts> connect;
  private final long collectForMillis;
  private final List<OffsetGap> unjudged = new ArrayList<>();
  private ScheduledExecutorService judge;
  private Future<?> judgement;
  private LogStarts logStarts;

  /**
   * @param connect called on the thread that asks, at the first gap
   * @param collectFor how long gaps are collected before Kafka is asked about them
   */
  GapWatch(MetricGroup group, Supplier<LogStarts> connect, Duration collectFor) {
    this.skippedOffsets = SourceMetric.SKIPPED_OFFSETS.counter(group);
    this.recordsDeletedUnread = SourceMetric.RECORDS_DELETED_UNREAD.counter(group);
    this.connect = connect;
    this.collectForMillis = collectFor.toMillis();
  }

  /** Offsets were passed over. */
  void met(OffsetGap gap) {
    skippedOffsets.inc(gap.offsets());
    synchronized (unjudged) {
      unjudged.add(gap);
      if (unjudged.size() > 1) {
        return;
      }
    }
    if (judge == null) {
      judge = Executors.newSingleThreadScheduledExecutor(GapWatch::daemon);
    }
    judgement = judge.schedule(this::judge, collectForMillis, TimeUnit.MILLISECONDS);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "kafka-gap-watch");
    thread.setDaemon(true);
    return thread;
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

  /** Where the logs begin; empty if Kafka does not tell. */
  private Map<TopicPartition, Long> logStarts(List<OffsetGap> gaps) {
    try {
      if (logStarts == null) {
        logStarts = connect.get();
      }
      return logStarts.of(gaps.stream().map(OffsetGap::partition).collect(Collectors.toSet()));
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn("Kafka did not say where its logs begin; every gap counts as deleted records", e);
    }
    return Map.of();
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
    if (judgement == null) {
      return;
    }
    judgement.cancel(true);
    judge.shutdownNow();
    List<OffsetGap> rest = takeUnjudged();
    if (!rest.isEmpty()) {
      LOG.error(
          "The source ends before Kafka could say whether it had deleted records unread. It may"
              + " be all that was skipped: {}",
          UnreadRecords.among(rest, Map.of()).description());
    }
    if (hasEnded() && logStarts != null) {
      logStarts.close();
    }
  }

  private boolean hasEnded() {
    try {
      return judge.awaitTermination(CLOSE_WITHIN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
