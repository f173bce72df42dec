package io.sluice.bench.stack;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ops.Json;
import io.sluice.ops.OperatorException;
import io.sluice.ops.audit.AuditReport;
import io.sluice.ops.audit.TotalsTables;
import io.sluice.sandbox.kafka.KafkaTopics;
import io.sluice.sandbox.process.Subprocess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the pipeline costs beside the least that a consumer can cost: a bare Kafka consumer and the
 * job, in turns, on the same records in Kafka. Each round begins with empty tables and ends with an
 * audit.
 */
public final class PipelineBench {
  private static final Duration BARE_WITHIN = Duration.ofMinutes(10);

  private final BenchStack bench;
  private final PipelineOptions options;

  /**
   * @param bench a stack with empty data
   */
  public PipelineBench(BenchStack bench, PipelineOptions options) {
    this.bench = bench;
    this.options = options;
  }

  /**
   * Blocks for all rounds.
   *
   * @throws OperatorException if a step fails; a wrong count is in the result
   */
  public PipelineResult run() {
    double producedPerSecond = bench.produce(options.records());
    List<PipelineResult.PipelineRound> rounds = new ArrayList<>();
    for (int round = 1; round <= options.rounds(); round++) {
      rounds.add(round(round));
    }
    return PipelineResult.of(options.records(), producedPerSecond, rounds);
  }

  private PipelineResult.PipelineRound round(int round) {
    bench.stack().clickHouse().query("TRUNCATE TABLE logs.http_log");
    TotalsTables.NAMES.forEach(
        table -> bench.stack().clickHouse().query("TRUNCATE TABLE logs." + table));
    BareConsumer.BareReading bare = readBare();
    bench.tell(
        "round %d: bare consumer %,.0f records/s, %.2f CPU s per million"
            .formatted(round, bare.recordsPerSecond(), bare.cpuSecondsPerMillion()));
    JobRun.JobReading job = new JobRun(bench, options.records()).run("bench-" + round);
    bench.tell(
        "round %d: job %,.0f records/s in %d requests, %.2f CPU s per million"
            .formatted(
                round,
                job.recordsPerSecond(),
                job.requests(),
                job.taskManagerCpuSecondsPerMillion()));
    AuditReport audit = bench.stack().audit();
    bench.tell(
        "round %d: audit: http_log %,d, totals %,d, lost %,d, duplicated %,d"
            .formatted(round, audit.stored(), audit.totals(), audit.lost(), audit.duplicated()));
    return new PipelineResult.PipelineRound(
        bare,
        job,
        audit.stored(),
        audit.totals(),
        audit.isClean() && audit.stored() == options.records());
  }

  private BareConsumer.BareReading readBare() {
    String output =
        Subprocess.run(
            BareConsumer.command(
                bench.stack().options().ports().kafkaBrokers(),
                KafkaTopics.HTTP_LOG,
                Long.toString(options.records())),
            BARE_WITHIN);
    // Before it there may be what the client logs.
    String last = output.lines().reduce((before, line) -> line).orElse("");
    JsonNode reading = Json.parse(last);
    return new BareConsumer.BareReading(
        reading.path("records").asLong(),
        reading.path("bytes").asLong(),
        reading.path("seconds").asDouble(),
        reading.path("cpu_seconds").asDouble());
  }
}
