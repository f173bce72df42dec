package io.sluice.bench.stack;

import io.sluice.bench.BenchStack;
import io.sluice.ops.OperatorException;
import io.sluice.ops.audit.AuditReport;
import io.sluice.ops.audit.ProducedRun;
import io.sluice.ops.audit.TotalsTables;
import io.sluice.sandbox.produce.LogProducer;
import io.sluice.sandbox.produce.ProduceOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * What the pipeline costs beside the least that a consumer can cost: a bare Kafka consumer and the
 * job, in turns, on the same records in Kafka. Each round begins with empty tables and ends with an
 * audit.
 */
final class PipelineBench {
  private final BenchStack bench;
  private final long records;
  private final int rounds;

  PipelineBench(BenchStack bench, long records, int rounds) {
    this.bench = bench;
    this.records = records;
    this.rounds = rounds;
  }

  /**
   * Blocks for all rounds.
   *
   * @throws OperatorException if a step fails; a wrong count is in the result
   */
  PipelineResult run() {
    double producedPerSecond = produce(bench, records);
    List<PipelineResult.PipelineRound> done = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      done.add(round(round));
    }
    return PipelineResult.of(records, producedPerSecond, done);
  }

  /** Produces records as fast as Kafka takes them, and returns how many it took a second. */
  static double produce(BenchStack bench, long records) {
    bench.tell("producing %,d records".formatted(records));
    LogProducer producer = bench.stack().newProducer(ProduceOptions.records(records));
    long startNanos = System.nanoTime();
    ProducedRun run = producer.run();
    double perSecond = run.good() / ((System.nanoTime() - startNanos) / 1e9);
    bench.tell("produced %,d, %,.0f records/s".formatted(run.good(), perSecond));
    return perSecond;
  }

  private PipelineResult.PipelineRound round(int round) {
    bench.stack().clickHouse().query("TRUNCATE TABLE logs.http_log");
    TotalsTables.NAMES.forEach(
        table -> bench.stack().clickHouse().query("TRUNCATE TABLE logs." + table));
    BareConsumer.BareReading bare = BareConsumer.run(bench.stack(), records);
    bench.tell(
        "round %d: bare consumer %,.0f records/s, %.2f CPU s per million"
            .formatted(round, bare.recordsPerSecond(), bare.cpuSecondsPerMillion()));
    JobRun.JobReading job = new JobRun(bench, records).run("bench-" + round);
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
        bare, job, audit.stored(), audit.totals(), audit.isClean() && audit.stored() == records);
  }
}
