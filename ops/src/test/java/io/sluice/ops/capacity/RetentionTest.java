package io.sluice.ops.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private final Retention retention =
      new Retention(
          Duration.ofDays(30), Duration.ofDays(3), Duration.ofDays(400), Duration.ofDays(730));

  @Test
  void whatIsDroppedByPartitionsStaysForOneMore() {
    assertThat(retention.mostDays(Level.RAW)).isEqualTo(37);
    assertThat(retention.mostDays(Level.MINUTE)).isEqualTo(4);
  }

  @Test
  void theRestStaysAsLongAsItsKind() {
    assertThat(retention.mostDays(Level.STATUS_MINUTE)).isEqualTo(400);
    assertThat(retention.mostDays(Level.NETWORK_HOUR)).isEqualTo(400);
    assertThat(retention.mostDays(Level.STATUS_HOUR)).isEqualTo(730);
    assertThat(retention.mostDays(Level.DAY)).isEqualTo(730);
  }

  @Test
  void refusesWhatIsNotWholeDays() {
    assertThatThrownBy(
            () ->
                new Retention(
                    Duration.ofHours(23),
                    Duration.ofDays(3),
                    Duration.ofDays(4),
                    Duration.ofDays(5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("retention is PT23H");
  }
}
