package io.sluice.bench.soak;

import io.sluice.bench.stack.CheckpointWatch;
import io.sluice.ops.OperatorException;
import io.sluice.ops.audit.Audit;
import io.sluice.ops.metrics.JobMetrics;
import io.sluice.ops.metrics.PrometheusEndpoint;
import io.sluice.ops.metrics.RisingCounter;
import io.sluice.sandbox.process.Service;
import io.sluice.sandbox.stack.Stack;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Looks at everything twice a second, at what is dear less often, and keeps what the result needs.
 * Not thread-safe.
 */
final class SoakWatch implements AutoCloseable {
  private static final String BY_SECOND =
      "SELECT toUnixTimestamp(timestamp) AS second, count() FROM logs.http_log GROUP BY second";

  /** Looks at the tables between two at everything else. */
  private static final int OTHERS_EVERY = 2;

  private final Stack stack;
  private final String jobId;
  private final boolean fullCollections;
  private final TaskManagerProcess taskManager;
  private final KafkaWatch kafka;
  private final Audit audit;
  final AgeDistribution ages = new AgeDistribution();
  final HeapFloor floor = new HeapFloor();
  final CheckpointWatch checkpoints = new CheckpointWatch(Instant.EPOCH);
  private final Timeline timeline;
  private final RisingCounter deletedUnread = new RisingCounter();
  private final Map<Figure, Double> now = new EnumMap<>(Figure.class);
  private final List<Sample> samples = new ArrayList<>();

  private long looks;
  private long ownCollections;

  /** The buffer when it had most. */
  SoakResult.Buffer fullest = new SoakResult.Buffer(0, 0, 0);

  /**
   * @param jobId of the job that runs
   * @param fullCollections whether {@link #collect} will be called
   */
  SoakWatch(Stack stack, String jobId, Timeline timeline, boolean fullCollections) {
    this.stack = stack;
    this.jobId = jobId;
    this.timeline = timeline;
    this.fullCollections = fullCollections;
    this.taskManager = new TaskManagerProcess(stack.process(Service.TASKMANAGER).pid());
    this.audit = new Audit(stack.clickHouse());
    this.kafka = new KafkaWatch(stack.kafka(), stack.options().partitions());
  }

  void look(double seconds) {
    lookAtTables();
    if (looks++ % OTHERS_EVERY == 0) {
      stack.metrics().ifPresent(found -> read(seconds, found));
      kafka.look(now);
      checkpoints.look(stack.flink().checkpoints(jobId));
    }
    timeline.look(seconds, sample());
  }

  private void lookAtTables() {
    try {
      double rows = audit.rows();
      long seenAtEpochMilli = System.currentTimeMillis();
      if (!Double.valueOf(rows).equals(now.put(Figure.STORED, rows))) {
        ages.look(
            stack
                .sql(BY_SECOND)
                .lines()
                .map(line -> line.split("\t", -1))
                .collect(Collectors.toMap(f -> Long.valueOf(f[0]), f -> Long.valueOf(f[1]))),
            seenAtEpochMilli);
      }
      now.put(Figure.TOTALS, (double) audit.totals());
    } catch (OperatorException clickHouseIsAway) {
      // The last readings stay.
    }
  }

  private void read(double seconds, JobMetrics found) {
    deletedUnread.read(found.sum("recordsDeletedUnread"));
    found
        .ofProcess("Status_JVM_Memory_Heap_Used")
        .ifPresent(
            used -> {
              now.put(Figure.HEAP_USED_BYTES, used);
              floor.look(seconds, used, fullCollections ? ownCollections : collections(found));
            });
    long limit = found.sum("bufferLimitBytes");
    long bytes = found.sum("openBytes") + found.sum("frozenBytes");
    double share = limit == 0 ? 0 : (double) bytes / limit;
    if (bytes > fullest.peakBytes()) {
      fullest = new SoakResult.Buffer(bytes, limit, Math.round(share * 1e4) / 1e4);
    }
    now.put(Figure.BUFFERED_BYTES, (double) bytes);
    now.put(Figure.FROZEN_BYTES, (double) found.sum("frozenBytes"));
    now.put(Figure.BUFFER_LIMIT_SHARE, share);
    now.put(Figure.OLDEST_UNSENT_SECONDS, found.max("oldestUnsentAgeSeconds").orElse(0));
    now.put(Figure.SOURCE_HELD, found.sum("sourceHeld") > 0 ? 1.0 : 0);
    now.put(Figure.REQUESTS_ACCEPTED, (double) found.sum("requestsAccepted"));
    now.put(Figure.REQUESTS_TURNED_AWAY, (double) found.sum("requestsTooEarly"));
    now.put(Figure.REQUESTS_RETRIED, (double) found.sum("requestsRetried"));
    now.put(Figure.LATENCY_P50_SECONDS, found.latencySeconds("0.5").orElse(Double.NaN));
    now.put(Figure.LATENCY_P95_SECONDS, found.latencySeconds("0.95").orElse(Double.NaN));
    now.put(Figure.LATENCY_P99_SECONDS, found.latencySeconds("0.99").orElse(Double.NaN));
  }

  private static long collections(JobMetrics found) {
    return (long) found.ofProcess("Status_JVM_GarbageCollector_All_Count").orElse(0);
  }

  /** A full collection of the TaskManager's heap; the next look takes the floor. */
  void collect() {
    taskManager.collect();
    ownCollections++;
  }

  /** Keeps a sample of the last readings, and of what is only read for it. */
  Sample keep(double seconds, long produced) {
    now.put(Figure.SECONDS, seconds);
    now.put(Figure.PRODUCED, (double) produced);
    now.put(Figure.HEAP_FLOOR_BYTES, floor.last());
    now.put(Figure.RSS_BYTES, taskManager.residentBytes());
    now.put(Figure.JOBMANAGER_HEAP_BYTES, ofJobManager("Status_JVM_Memory_Heap_Used"));
    checkpoints.completed().stream()
        .reduce((before, next) -> next)
        .ifPresent(
            last -> {
              now.put(Figure.CHECKPOINT_ID, (double) last.id());
              now.put(Figure.CHECKPOINT_BYTES, (double) last.stateBytes());
              now.put(Figure.CHECKPOINT_MILLIS, (double) last.durationMillis());
            });
    samples.add(sample());
    return sample();
  }

  Sample sample() {
    return new Sample(now);
  }

  /** How often Flink has restarted the job; -1 if it does not say. */
  long restarts() {
    double restarts = ofJobManager("job_numRestarts");
    return Double.isNaN(restarts) ? -1 : (long) restarts;
  }

  private double ofJobManager(String metric) {
    URI endpoint = URI.create("http://127.0.0.1:" + stack.options().ports().jobmanagerMetrics());
    return PrometheusEndpoint.scrape(List.of(endpoint))
        .map(text -> text.max("flink_jobmanager_" + metric).orElse(Double.NaN))
        .orElse(Double.NaN);
  }

  /** What is in table and totals. */
  long rows() {
    return (long) Math.min(sample().get(Figure.STORED), sample().get(Figure.TOTALS));
  }

  /** The signs of a loss, and how many records the job missed, as it says itself. */
  SoakResult.Signs signs() {
    return timeline.signs(deletedUnread.sum());
  }

  List<Sample> samples() {
    return List.copyOf(samples);
  }

  @Override
  public void close() {
    kafka.close();
  }
}
