package io.sluice.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bench.BenchStack;
import io.sluice.sandbox.config.StackOptions;
import io.sluice.sandbox.stack.Stack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short soak with an outage, on real processes. */
@Tag("campaign")
class SoakIT {
  private static final double RECORDS_PER_SECOND = 500;

  @Test
  void twentySecondsWithClickHouseAwayForFiveOfThem(@TempDir Path dir) throws Exception {
    SoakVerb options = new SoakVerb();
    options.duration = Duration.ofSeconds(20);
    options.recordsPerSecond = RECORDS_PER_SECOND;
    options.seed = 1;
    options.sampleEvery = Duration.ofSeconds(1);
    options.fullCollectionEvery = Duration.ofSeconds(4);
    options.outageAt = Duration.ofSeconds(8);
    options.outage = Duration.ofSeconds(5);
    options.bufferMaxMib = 2L;
    ConcurrentLinkedQueue<String> progress = new ConcurrentLinkedQueue<>();
    SoakReport report;
    try (Stack stack =
        Stack.start(
            dir,
            StackOptions.onFreePorts()
                .withProxyRate("30r/m")
                .withCheckpointInterval(Duration.ofSeconds(1)))) {
      report = new Soak(new BenchStack(stack, dir, progress::add), options).run();
    }

    SoakResult result = report.result();
    assertThat(result.clean()).as(result.toString()).isTrue();
    assertThat(result.produced()).isEqualTo(result.stored()).isGreaterThan(5_000);
    assertThat(result.totalsDrift()).isZero();
    assertThat(result.restarts()).isZero();
    assertThat(result.buffer().limitBytes()).isEqualTo(2 << 20);
    assertThat(result.buffer().peakBytes()).isPositive();
    assertThat(result.heap().collections()).isPositive();
    assertThat(result.latency().maxSeconds()).isGreaterThanOrEqualTo(5.0);
    assertThat(result.checkpoints().completed()).isPositive();
    assertThat(result.requests().retried()).isPositive();
    assertThat(result.timeline().deletedUnread()).isZero();
    assertThat(progress).contains("clickhouse is back");

    List<String> lines = Sample.csv(report.samples()).lines().toList();
    assertThat(lines).hasSizeGreaterThan(10);
    assertThat(lines.get(lines.size() - 1).split(",", -1)[2])
        .isEqualTo(Long.toString(result.stored()));
    assertThat(new SoakPlot(result, report.samples()).svg())
        .contains("ClickHouse is away", "after a full collection");
  }
}
