package io.sluice.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimelineTest {
  private final Timeline timeline = new Timeline(60);

  @Test
  void keepsTheFirstMomentOfEachSignSinceTheOutage() {
    timeline.look(70, 0.69, false, 0);
    timeline.look(80, 0.70, false, 0);
    timeline.look(90, 1.0, true, 0);
    timeline.look(100, 0.5, false, 0);
    timeline.look(170, 1.0, true, 12);
    timeline.look(180, 1.0, true, 40);

    assertThat(timeline.secondsToBuffer70()).isEqualTo(20);
    assertThat(timeline.secondsToHeld()).isEqualTo(30);
    assertThat(timeline.secondsToDeletedUnread()).isEqualTo(110);
  }

  @Test
  void whatWasBeforeTheOutageIsNoSign() {
    timeline.look(59, 1.0, true, 0);

    assertThat(timeline.secondsToBuffer70()).isNaN();
    assertThat(timeline.secondsToHeld()).isNaN();
    assertThat(timeline.secondsToDeletedUnread()).isNaN();
  }
}
