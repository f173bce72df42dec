package io.sluice.bench.soak;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.sluice.bench.stack.CheckpointWatch;
import io.sluice.ops.audit.AuditReport;
import io.sluice.ops.flink.CheckpointRecord;
import io.sluice.ops.report.Quantiles;
import io.sluice.sandbox.config.StackOptions;
import java.util.List;

/**
 * The last line of the soak.
 *
 * @param durationSeconds from the first record to the audit
 * @param totalsDrift requests in the totals less the rows in {@code http_log}
 * @param restarts of the job by Flink; -1 if it does not say
 * @param outage null if there was none
 * @param timeline the signs of a loss, in seconds since the outage began, or since the first record
 * @param clean whether every record is in the table and in the totals once
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record SoakResult(
    double durationSeconds,
    double recordsPerSecond,
    String proxyRate,
    double kafkaRetentionSeconds,
    long produced,
    long stored,
    long lost,
    long duplicated,
    long totalsDrift,
    boolean clean,
    long restarts,
    Heap heap,
    Buffer buffer,
    Latency latency,
    Checkpoints checkpoints,
    Requests requests,
    OutageSeconds outage,
    Signs timeline) {

  /**
   * The TaskManager's heap right after collections; null where there were none.
   *
   * @param floorPercentPerHour the slope of the least-squares line, of its mean
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Heap(
      int collections,
      Double floorFirstThirdBytes,
      Double floorLastThirdBytes,
      Double floorPercentPerHour,
      boolean fullCollectionsOnly) {}

  /** When it had most. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Buffer(long peakBytes, long limitBytes, double peakShare) {}

  /** From the record being made to the row being there for queries. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Latency(
      Double p50Seconds,
      Double p90Seconds,
      Double p95Seconds,
      Double p99Seconds,
      Double maxSeconds) {}

  /** From trigger to last acknowledgement. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Checkpoints(
      long completed,
      long failed,
      long p50Millis,
      long p95Millis,
      long maxMillis,
      long largestBytes) {}

  /** As the job counts them since it was started, or restarted. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Requests(long accepted, long turnedAway, long retried) {}

  record OutageSeconds(double at, double length) {}

  /**
   * Null for what did not happen.
   *
   * @param secondsToBuffer70 until the buffer first had 70% of its limit
   * @param secondsToHeld until the source was first held back
   * @param secondsToDeletedUnread until Kafka first deleted a message that no checkpoint covered
   * @param deletedUnread how many the job missed, as it counts itself
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Signs(
      @JsonProperty("seconds_to_buffer_70") Double secondsToBuffer70,
      Double secondsToHeld,
      Double secondsToDeletedUnread,
      long deletedUnread) {}

  static SoakResult of(
      StackOptions stack, SoakVerb options, AuditReport audit, SoakWatch watch, double seconds) {
    Sample last = watch.sample();
    return new SoakResult(
        known(seconds),
        options.recordsPerSecond,
        stack.proxyRate(),
        stack.kafkaRetentionMillis() / 1e3,
        audit.produced(),
        audit.stored(),
        audit.lost(),
        audit.duplicated(),
        audit.totals() - audit.stored(),
        audit.isClean(),
        watch.restarts(),
        heap(watch.floor, options.fullCollectionEvery != null),
        watch.fullest,
        latency(watch.ages),
        checkpoints(watch.checkpoints),
        new Requests(
            (long) last.get(Figure.REQUESTS_ACCEPTED),
            (long) last.get(Figure.REQUESTS_TURNED_AWAY),
            (long) last.get(Figure.REQUESTS_RETRIED)),
        options.outageSeconds(),
        watch.signs());
  }

  private static Heap heap(HeapFloor floor, boolean fullCollectionsOnly) {
    return new Heap(
        floor.points().size(),
        known(floor.ofThird(0)),
        known(floor.ofThird(2)),
        known(floor.percentPerHour()),
        fullCollectionsOnly);
  }

  private static Latency latency(AgeDistribution ages) {
    return new Latency(
        known(ages.quantile(0.5)),
        known(ages.quantile(0.9)),
        known(ages.quantile(0.95)),
        known(ages.quantile(0.99)),
        known(ages.max()));
  }

  private static Checkpoints checkpoints(CheckpointWatch watch) {
    List<CheckpointRecord> completed = watch.completed();
    if (completed.isEmpty()) {
      return new Checkpoints(0, watch.failed(), 0, 0, 0, 0);
    }
    Quantiles millis =
        new Quantiles(completed.stream().mapToDouble(CheckpointRecord::durationMillis).toArray());
    return new Checkpoints(
        completed.size(),
        watch.failed(),
        (long) millis.at(0.5),
        (long) millis.at(0.95),
        (long) millis.largest(),
        completed.stream().mapToLong(CheckpointRecord::stateBytes).max().orElse(0));
  }

  /** To tenths; null for NaN. */
  static Double known(double value) {
    return Double.isNaN(value) ? null : Math.round(value * 10) / 10.0;
  }

  String summary() {
    return clean
        ? "every record of %,d is there exactly once".formatted(produced)
        : "NOT CLEAN: of %,d records %,d are lost and %,d there twice, the totals are off by %,d"
                .formatted(produced, lost, duplicated, totalsDrift)
            + (timeline.deletedUnread() > 0
                ? "; kafka deleted messages before the job could read them: the buffer was full"
                : "");
  }
}
