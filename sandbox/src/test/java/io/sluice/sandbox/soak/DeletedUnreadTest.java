package io.sluice.sandbox.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeletedUnreadTest {
  private final DeletedUnread deleted = new DeletedUnread();

  @Test
  void whatACheckpointCoversMayGo() {
    deleted.look(0, 100, 100);
    deleted.look(0, 150, 400);

    assertThat(deleted.total()).isZero();
  }

  @Test
  void aGapThatGrowsIsCountedOnce() {
    deleted.look(0, 110, 100);
    deleted.look(0, 130, 100);

    assertThat(deleted.total()).isEqualTo(30);
  }

  @Test
  void aGapThatTheJobSkippedStaysCounted() {
    deleted.look(0, 130, 100);
    deleted.look(0, 130, 140);
    deleted.look(0, 150, 145);

    assertThat(deleted.total()).isEqualTo(35);
  }

  @Test
  void everyPartitionHasGapsOfItsOwn() {
    deleted.look(0, 130, 100);
    deleted.look(1, 7, 2);
    deleted.look(0, 130, 200);

    assertThat(deleted.total()).isEqualTo(35);
  }
}
