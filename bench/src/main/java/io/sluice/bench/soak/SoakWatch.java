package io.sluice.bench.soak;

import io.sluice.bench.stack.CheckpointWatch;
import io.sluice.ops.flink.CheckpointRecord;
import io.sluice.ops.metrics.JobMetrics;
import io.sluice.ops.metrics.PrometheusEndpoint;
import io.sluice.ops.metrics.PrometheusText;
import io.sluice.ops.metrics.RisingCounter;
import io.sluice.sandbox.stack.Stack;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Looks at everything twice a second, at what is dear less often, and keeps what the result needs.
 * Not thread-safe.
 */
final class SoakWatch implements AutoCloseable {
  private static final CheckpointRecord NO_CHECKPOINT = new CheckpointRecord(0, "NONE", 0, 0, 0);

  /** Looks between two at Flink's metrics, and at Kafka and the checkpoints. */
  private static final int METRICS_EVERY = 2;

  private static final int OFFSETS_EVERY = 4;

  private final Stack stack;
  private final String jobId;
  private final boolean fullCollections;
  private final TaskManagerProcess taskManager;
  private final KafkaWatch kafkaWatch;
  private final StoredWatch stored;
  private final HeapFloor floor = new HeapFloor();
  private final CheckpointWatch checkpoints = new CheckpointWatch(Instant.EPOCH);
  private final Timeline timeline;
  private final List<Sample> samples = new ArrayList<>();

  private long looks;
  private long ownCollections;
  private double heapUsed = Double.NaN;
  private Sample.Buffer buffer = Sample.Buffer.UNKNOWN;
  private final RisingCounter deletedUnread = new RisingCounter();
  private Sample.Kafka kafka = Sample.Kafka.UNKNOWN;
  private Sample.Requests requests = Sample.Requests.NONE;
  private Sample.Latency latency = Sample.Latency.UNKNOWN;
  private Sample.Buffer fullest = Sample.Buffer.UNKNOWN;

  /**
   * @param jobId of the job that runs
   * @param fullCollections whether {@link #collect} will be called
   */
  SoakWatch(Stack stack, String jobId, Timeline timeline, boolean fullCollections) {
    this.stack = stack;
    this.jobId = jobId;
    this.timeline = timeline;
    this.fullCollections = fullCollections;
    this.taskManager = TaskManagerProcess.of(stack);
    this.stored = new StoredWatch(stack.clickHouse());
    this.kafkaWatch =
        new KafkaWatch(stack.options().ports().kafkaBrokers(), stack.options().partitions());
  }

  /** Takes new readings. */
  void look(double seconds) {
    stored.look();
    if (looks % METRICS_EVERY == 0) {
      stack.metrics().ifPresent(found -> read(seconds, found));
    }
    if (looks % OFFSETS_EVERY == 0) {
      kafka = kafkaWatch.look();
      checkpoints.look(stack.flink().checkpoints(jobId));
    }
    looks++;
    timeline.look(seconds, buffer.share(), buffer.sourceHeld(), kafka.deletedUncovered());
  }

  private void read(double seconds, JobMetrics found) {
    deletedUnread.read(found.sum("recordsDeletedUnread"));
    OptionalDouble used = found.ofProcess("Status_JVM_Memory_Heap_Used");
    if (used.isPresent()) {
      heapUsed = used.getAsDouble();
      floor.look(seconds, (long) heapUsed, fullCollections ? ownCollections : collections(found));
    }
    buffer =
        new Sample.Buffer(
            found.sum("openBytes"),
            found.sum("frozenBytes"),
            found.sum("bufferLimitBytes"),
            found.max("oldestUnsentAgeSeconds").orElse(0),
            found.sum("sourceHeld") > 0);
    fullest = buffer.bytes() > fullest.bytes() ? buffer : fullest;
    requests =
        new Sample.Requests(
            found.sum("requestsAccepted"),
            found.sum("requestsTooEarly"),
            found.sum("requestsRetried"));
    latency =
        new Sample.Latency(
            found.latencySeconds("0.5").orElse(Double.NaN),
            found.latencySeconds("0.95").orElse(Double.NaN),
            found.latencySeconds("0.99").orElse(Double.NaN));
  }

  private static long collections(JobMetrics found) {
    return (long) found.ofProcess("Status_JVM_GarbageCollector_All_Count").orElse(0);
  }

  /** A full collection of the TaskManager's heap; the next look takes the floor. */
  void collect() {
    taskManager.collect();
    ownCollections++;
  }

  /** Keeps a sample of the last readings. */
  Sample sample(double seconds, long produced) {
    Sample sample =
        new Sample(
            seconds,
            new Sample.Rows(produced, stored.rows(), stored.totals()),
            buffer,
            kafka,
            new Sample.Memory(
                heapUsed, floor.last(), taskManager.residentBytes(), jobManagerHeap()),
            requests,
            latency,
            lastCheckpoint());
    samples.add(sample);
    return sample;
  }

  private CheckpointRecord lastCheckpoint() {
    return checkpoints.completed().stream().reduce((before, next) -> next).orElse(NO_CHECKPOINT);
  }

  private double jobManagerHeap() {
    return jobManager()
        .map(text -> text.max("flink_jobmanager_Status_JVM_Memory_Heap_Used"))
        .orElse(OptionalDouble.empty())
        .orElse(Double.NaN);
  }

  /** How often Flink has restarted the job; -1 if it does not say. */
  long restarts() {
    return jobManager()
        .map(text -> text.max("flink_jobmanager_job_numRestarts"))
        .orElse(OptionalDouble.empty())
        .stream()
        .mapToLong(count -> (long) count)
        .findFirst()
        .orElse(-1);
  }

  private Optional<PrometheusText> jobManager() {
    return PrometheusEndpoint.scrape(
        List.of(URI.create("http://127.0.0.1:" + stack.options().ports().jobmanagerMetrics())));
  }

  long rows() {
    return Math.min(stored.rows(), stored.totals());
  }

  AgeDistribution ages() {
    return stored.ages();
  }

  HeapFloor floor() {
    return floor;
  }

  CheckpointWatch checkpoints() {
    return checkpoints;
  }

  Timeline timeline() {
    return timeline;
  }

  Sample.Requests requests() {
    return requests;
  }

  /** Records that the job missed, as it says itself. */
  long deletedUnread() {
    return deletedUnread.sum();
  }

  /** The buffer when it had most. */
  Sample.Buffer fullest() {
    return fullest;
  }

  List<Sample> samples() {
    return List.copyOf(samples);
  }

  @Override
  public void close() {
    kafkaWatch.close();
  }
}
