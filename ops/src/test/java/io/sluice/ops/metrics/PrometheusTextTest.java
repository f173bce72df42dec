package io.sluice.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrometheusTextTest {
  private static final String PREFIX = "flink_taskmanager_job_task_operator_sluice_";
  private static final PrometheusText TEXT =
      PrometheusText.parse(
          """
          # HELP flink_taskmanager_job_task_operator_sluice_openRows openRows (scope: x)
          # TYPE flink_taskmanager_job_task_operator_sluice_openRows gauge
          flink_taskmanager_job_task_operator_sluice_openRows{subtask_index="0",host="a b",} 3.0
          flink_taskmanager_job_task_operator_sluice_openRows{subtask_index="1",} 1.25E2
          flink_taskmanager_job_task_operator_sluice_latencySeconds{subtask_index="0",quantile="0.5",} 12.5
          flink_taskmanager_job_task_operator_sluice_latencySeconds{subtask_index="0",quantile="0.95",} 40.0
          flink_taskmanager_job_task_operator_sluice_latencySeconds{subtask_index="1",quantile="0.5",} NaN
          flink_taskmanager_job_task_operator_numRecordsIn{operator_name="Decode",} 70.0
          flink_taskmanager_job_task_operator_numRecordsIn{operator_name="Anonymize",} 60.0
          up 1
          broken{
          """);

  @Test
  void sumsOverSubtasks() {
    assertThat(new JobMetrics(TEXT).sum("openRows")).isEqualTo(128);
    assertThat(new JobMetrics(TEXT).max("openRows")).hasValue(125);
  }

  @Test
  void whatIsNotThereIsZeroOrNothing() {
    assertThat(new JobMetrics(TEXT).sum("frozenRows")).isZero();
    assertThat(new JobMetrics(TEXT).max("secondsToNextWindow")).isEmpty();
  }

  @Test
  void recordsAreReadWhenTheDecoderHasThem() {
    assertThat(new JobMetrics(TEXT).recordsRead()).isEqualTo(70);
  }

  @Test
  void readsQuantilesAndSkipsThoseWithoutAValue() {
    assertThat(new JobMetrics(TEXT).latencySeconds("0.5")).hasValue(12.5);
    assertThat(new JobMetrics(TEXT).latencySeconds("0.95")).hasValue(40);
    assertThat(new JobMetrics(TEXT).latencySeconds("0.99")).isEmpty();
  }

  @Test
  void readsSamplesWithoutLabels() {
    assertThat(TEXT.has("up")).isTrue();
    assertThat(TEXT.has("broken")).isFalse();
    assertThat(TEXT.has(PREFIX + "openRows")).isTrue();
  }
}
