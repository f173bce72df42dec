package io.sluice.ops.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayPlanTest {
  private static final long DAY = 86_400;

  @Test
  void thinsAndTakesFewerDaysAndSqueezes() {
    List<ReplayStep> steps = new ReplayPlan(2, 4, 1_000_000).steps(4, 8_000_000);

    assertThat(steps)
        .containsExactly(
            new ReplayStep(2, 1, 4 * DAY),
            new ReplayStep(1, 1, DAY),
            new ReplayStep(1, 1, 2 * DAY),
            new ReplayStep(1, 1, 4 * DAY),
            new ReplayStep(1, 2, 4 * DAY),
            new ReplayStep(1, 4, 4 * DAY));
  }

  @Test
  void squeezesIntoWholeDaysOnly() {
    List<ReplayStep> steps = new ReplayPlan(1, 2, 1_000_000).steps(7, 7_000_000);

    assertThat(steps.get(steps.size() - 1)).isEqualTo(new ReplayStep(1, 2, 6 * DAY));
  }

  @Test
  void takesNoMoreThanADayWhereHoursAndMinutesAreEnough() {
    List<ReplayStep> steps = new ReplayPlan(1, 4096, 500_000).steps(4, 9_600_000);

    assertThat(steps)
        .contains(new ReplayStep(1, 8, 8L * 3 * 3_600))
        .contains(new ReplayStep(1, 16, 16L * 2 * 3_600))
        .contains(new ReplayStep(1, 128, 128L * 12 * 60));
  }

  @Test
  void takesMoreOfASmallSample() {
    List<ReplayStep> steps = new ReplayPlan(1, 4096, 5_000_000).steps(4, 9_600_000);

    assertThat(steps).contains(new ReplayStep(1, 8, 8L * 6 * 3_600)); // 800,000 rows an hour
  }

  @Test
  void stopsWhereTheSampleHasNotAMinute() {
    List<ReplayStep> steps = new ReplayPlan(1, 4096, 500_000).steps(1, 2_400_000);

    assertThat(steps).extracting(ReplayStep::squeeze).contains(1024).doesNotContain(2048);
  }

  @Test
  void refusesWhatIsNoPowerOfTwo() {
    assertThatThrownBy(() -> new ReplayPlan(3, 4, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("powers of 2");
  }
}
