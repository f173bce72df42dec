package io.sluice.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ops.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipelineResultTest {
  private static final long RECORDS = 2_000_000;

  @Test
  void givesMediansPerMillionRecordsAndTheirRatios() {
    PipelineResult result =
        PipelineResult.of(
            RECORDS,
            123_456.7,
            List.of(
                round(1, 1, 4, 2.4, true), round(2, 1.2, 5, 2.6, true), round(4, 3, 20, 9, true)));

    assertThat(result.bareRecordsPerSecond()).isEqualTo(1_000_000);
    assertThat(result.bareCpuSecondsPerMillion()).isEqualTo(0.6);
    assertThat(result.jobRecordsPerSecond()).isEqualTo(400_000);
    assertThat(result.jobStoredRecordsPerSecond()).isEqualTo(500_000);
    assertThat(result.jobCpuSecondsPerMillion()).isEqualTo(1.3);
    assertThat(result.wireBytesPerRow()).isEqualTo(23.5);
    assertThat(result.recordBytes()).isEqualTo(200);
    assertThat(result.cpuRatio()).isEqualTo(2.17);
    assertThat(result.rateRatio()).isEqualTo(0.4);
    assertThat(result.jobReadingRecordsPerSecond()).isEqualTo(750_000);
    assertThat(result.correct()).isTrue();
  }

  @Test
  void oneWrongRoundIsNotCorrect() {
    PipelineResult result =
        PipelineResult.of(RECORDS, 1, List.of(round(1, 1, 4, 2, true), round(1, 1, 4, 2, false)));

    assertThat(result.correct()).isFalse();
    assertThat(result.table().lines().toList().get(3)).endsWith("NO |");
    assertThat(result.table().lines().toList().get(2)).endsWith("yes |");
  }

  @Test
  void theJsonNamesWhatScriptsRead() {
    JsonNode json =
        Json.parse(Json.line(PipelineResult.of(RECORDS, 1, List.of(round(1, 1, 4, 2, true)))));

    assertThat(json.path("correct").asBoolean()).isTrue();
    assertThat(json.path("cpu_ratio").asDouble()).isEqualTo(2);
    assertThat(json.path("job_cpu_seconds_per_million").asDouble()).isEqualTo(1);
    assertThat(json.path("rounds").path(0).path("bare_consumer").path("seconds").asDouble())
        .isEqualTo(1);
    assertThat(json.path("rounds").path(0).path("stored").asLong()).isEqualTo(RECORDS);
  }

  private static PipelineResult.PipelineRound round(
      double bareSeconds, double bareCpu, double jobSeconds, double jobCpu, boolean clean) {
    return new PipelineResult.PipelineRound(
        new BareConsumer.BareReading(RECORDS, RECORDS * 200, bareSeconds, bareCpu),
        new JobRun.JobReading(
            RECORDS, jobSeconds, jobSeconds - 1, 750_000.0, 3, RECORDS * 47 / 2, jobCpu, 3),
        RECORDS,
        RECORDS,
        clean);
  }
}
