package io.sluice.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ops.Json;
import io.sluice.ops.flink.CheckpointRecord;
import io.sluice.sandbox.proxy.AccessLog;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CheckpointResultTest {
  private static final AccessLog.Entry HUNG = hung(31_234);
  private static final CheckpointBench.BufferReading BUFFERED =
      new CheckpointBench.BufferReading(950, 22_000);

  @Test
  void passesWhenNineteenOfTwentyAreBelowASecond() {
    CheckpointResult result = result(BUFFERED, HUNG, 0, 5_000);

    assertThat(result.isPassed()).isTrue();
    assertThat(result.p50Millis()).isEqualTo(110);
    assertThat(result.p95Millis()).isEqualTo(119);
    assertThat(result.maxMillis()).isEqualTo(5_000);
    assertThat(result.largestStateBytes()).isEqualTo(5_000_000);
    assertThat(result.summary()).contains("119 ms at most");
  }

  @Test
  void countsThoseThatBeganBeforeTheAnswer() {
    assertThat(result(BUFFERED, HUNG, 0, 100).checkpoints()).isEqualTo(20);
    assertThat(result(BUFFERED, HUNG, 0, 100).duringHang()).isEqualTo(15);
  }

  @Test
  void doesNotPassUnlessAllConditionsHeld() {
    assertThat(result(BUFFERED, HUNG, 1, 100).isPassed()).isFalse();
    assertThat(result(new CheckpointBench.BufferReading(899, 1), HUNG, 0, 100).isPassed())
        .isFalse();
    assertThat(result(BUFFERED, hung(29_900), 0, 100).isPassed()).isFalse();
    CheckpointResult slow = result(BUFFERED, HUNG, 0, 5_000, 1_000);
    assertThat(slow.isPassed()).isFalse();
    assertThat(slow.summary()).startsWith("NOT PASSED: 95% of the checkpoints took 1,000 ms");
  }

  @Test
  void theJsonNamesWhatScriptsRead() {
    JsonNode json = Json.parse(Json.line(result(BUFFERED, HUNG, 0, 5_000)));

    assertThat(json.path("passed").asBoolean()).isTrue();
    assertThat(json.path("p95_millis").asLong()).isEqualTo(119);
    assertThat(json.path("request_hung_seconds").asDouble()).isEqualTo(31.23);
    assertThat(json.path("least_buffered_rows").asLong()).isEqualTo(950);
  }

  private static AccessLog.Entry hung(long milli) {
    return new AccessLog.Entry(15_500, 200, 1_000, milli, "POST", "token");
  }

  /** Checkpoints 1 to 20, one a second; they take 101, 102, … ms, but for the last ones. */
  private static CheckpointResult result(
      CheckpointBench.BufferReading buffered, AccessLog.Entry hung, long failed, long... last) {
    List<CheckpointRecord> completed =
        LongStream.rangeClosed(1, 20)
            .mapToObj(
                id -> {
                  long fromEnd = 20 - id;
                  long millis = fromEnd < last.length ? last[(int) fromEnd] : 100 + id;
                  return new CheckpointRecord(id, "COMPLETED", id * 1_000, millis, millis * 1_000);
                })
            .toList();
    return CheckpointResult.of(1_000, buffered, hung, 30, completed, failed);
  }
}
