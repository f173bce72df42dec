package io.sluice.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private final Timeline timeline = new Timeline(60);

  @Test
  void keepsTheFirstMomentOfEachSignSinceTheOutage() {
    look(70, 0.69, 0, 0);
    look(80, 0.70, 0, 0);
    look(90, 1.0, 1, 0);
    look(100, 0.5, 0, 0);
    look(170, 1.0, 1, 12);
    look(180, 1.0, 1, 40);

    assertThat(timeline.signs(7)).isEqualTo(new SoakResult.Signs(20.0, 30.0, 110.0, 7));
  }

  @Test
  void whatWasBeforeTheOutageIsNoSign() {
    look(59, 1.0, 1, 0);

    assertThat(timeline.signs(0)).isEqualTo(new SoakResult.Signs(null, null, null, 0));
  }

  private void look(double seconds, double bufferShare, double held, double deleted) {
    timeline.look(
        seconds,
        new Sample(
            Map.of(
                Figure.BUFFER_LIMIT_SHARE, bufferShare,
                Figure.SOURCE_HELD, held,
                Figure.KAFKA_DELETED_UNCOVERED, deleted)));
  }
}
