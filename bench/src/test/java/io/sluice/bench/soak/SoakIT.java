package io.sluice.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.config.StackOptions;
import io.sluice.sandbox.stack.Stack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
    SoakOptions options =
        new SoakOptions(
            Duration.ofSeconds(20),
            RECORDS_PER_SECOND,
            1,
            Duration.ofSeconds(1),
            Optional.of(Duration.ofSeconds(4)),
            Optional.of(new Outage(Duration.ofSeconds(8), Duration.ofSeconds(5))),
            OptionalLong.of(2 << 20));
    ConcurrentLinkedQueue<String> progress = new ConcurrentLinkedQueue<>();
    SoakReport report;
    try (Stack stack =
        Stack.start(
            dir,
            StackOptions.onFreePorts()
                .withProxyRate("30r/m")
                .withCheckpointInterval(Duration.ofSeconds(1)))) {
      report = new Soak(stack, options, progress::add).run();
    }

    SoakResult result = report.result();
    assertThat(result.clean()).as(result.toString()).isTrue();
    assertThat(result.produced()).isEqualTo(result.stored()).isGreaterThan(5_000);
    assertThat(result.totalsDrift()).isZero();
    assertThat(result.restarts()).isZero();
    assertThat(result.buffer().limitBytes()).isEqualTo(2 << 20);
    assertThat(result.buffer().peakBytes()).isPositive();
    assertThat(result.heap().collections()).isPositive();
    assertThat(result.latency().max()).isGreaterThanOrEqualTo(5.0);
    assertThat(result.checkpoints().completed()).isPositive();
    assertThat(result.requests().retried()).isPositive();
    assertThat(result.timeline().deletedUnread()).isZero();
    assertThat(progress).contains("clickhouse is back");

    Path csv = dir.resolve("soak.csv");
    Path plot = dir.resolve("soak.svg");
    report.writeCsv(csv);
    report.writePlot(plot);
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines).hasSizeGreaterThan(10);
    assertThat(lines.get(lines.size() - 1).split(",", -1)[2])
        .isEqualTo(Long.toString(result.stored()));
    assertThat(Files.readString(plot)).contains("ClickHouse is away", "after a full collection");
  }
}
