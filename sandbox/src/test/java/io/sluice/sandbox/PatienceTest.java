package io.sluice.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private long now = Long.MAX_VALUE - 5;
  private final Patience patience = new Patience(Duration.ofNanos(10), () -> now);

  @Test
  void isOverWhenTheNumberHasNotRisenForThatLong() {
    assertThat(patience.isOver(7)).isFalse();
    now += 10;
    assertThat(patience.isOver(7)).isFalse();
    now += 1;
    assertThat(patience.isOver(7)).isTrue();
  }

  @Test
  void beginsAnewWithEachRiseButNotWithAFall() {
    patience.isOver(7);
    now += 10;
    assertThat(patience.isOver(8)).isFalse();
    now += 10;
    assertThat(patience.isOver(3)).isFalse();
    now += 1;
    assertThat(patience.isOver(5)).isTrue();
  }
}
