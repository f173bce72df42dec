package io.sluice.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ops.flink.CheckpointRecord;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointWatchTest {
  private final CheckpointWatch watch = new CheckpointWatch(Instant.ofEpochMilli(1_000));

  @Test
  void countsEachCheckpointOnceAndAsItEnded() {
    watch.look(List.of(checkpoint(7, "IN_PROGRESS", 1_000)));
    assertThat(watch.completed()).isEmpty();

    watch.look(List.of(checkpoint(7, "COMPLETED", 1_000)));
    watch.look(List.of(checkpoint(8, "FAILED", 2_000), checkpoint(7, "COMPLETED", 1_000)));

    assertThat(watch.completed()).extracting(CheckpointRecord::id).containsExactly(7L);
    assertThat(watch.failed()).isEqualTo(1);
  }

  @Test
  void leavesOutThoseThatBeganBefore() {
    watch.look(List.of(checkpoint(6, "COMPLETED", 999), checkpoint(5, "FAILED", 1)));

    assertThat(watch.completed()).isEmpty();
    assertThat(watch.failed()).isZero();
  }

  private static CheckpointRecord checkpoint(long id, String status, long triggered) {
    return new CheckpointRecord(id, status, triggered, 50, 1_000);
  }
}
