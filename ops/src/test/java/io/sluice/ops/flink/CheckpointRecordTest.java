package io.sluice.ops.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ops.Json;
import org.junit.jupiter.api.Test;

class CheckpointRecordTest {
  @Test
  void readsWhatFlinkSays() {
    CheckpointRecord checkpoint =
        CheckpointRecord.read(
            Json.parse(
                """
                {"className":"completed","id":12,"status":"COMPLETED","is_savepoint":false,
                 "trigger_timestamp":1700000000123,"latest_ack_timestamp":1700000000456,
                 "checkpointed_size":1000,"state_size":118000000,"end_to_end_duration":333}"""));

    assertThat(checkpoint)
        .isEqualTo(new CheckpointRecord(12, "COMPLETED", 1_700_000_000_123L, 333, 118_000_000));
    assertThat(checkpoint.isCompleted()).isTrue();
    assertThat(checkpoint.isFailed()).isFalse();
  }
}
