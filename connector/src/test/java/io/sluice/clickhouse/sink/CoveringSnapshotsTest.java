package io.sluice.clickhouse.sink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CoveringSnapshotsTest {
  private final CoveringSnapshots snapshots = new CoveringSnapshots();

  @Test
  void aCheckpointCoversAndASavepointDoesNot() {
    snapshots.taken(1, false);
    snapshots.taken(2, true);

    assertThat(snapshots.coversWhenCompleted(1)).isTrue();
    assertThat(snapshots.coversWhenCompleted(2)).isFalse();
  }

  @Test
  void anEarlierCheckpointThatCompletesMakesNoCheckpointOfASavepoint() {
    snapshots.taken(1, false);
    snapshots.taken(2, true);
    snapshots.coversWhenCompleted(1);

    assertThat(snapshots.coversWhenCompleted(2)).isFalse();
  }
}
