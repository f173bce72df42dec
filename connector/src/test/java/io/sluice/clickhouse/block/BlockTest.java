package io.sluice.clickhouse.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class BlockTest {
  private static final ArrivalTimes ARRIVALS = new ArrivalTimes(5, 1_700);

  @Test
  void isEqualToOneOfTheSameBytes() {
    Block block = new Block(new byte[] {1, 2}, 2, 300, ARRIVALS);

    assertThat(new Block(new byte[] {1, 2}, 2, 300, ARRIVALS)).isEqualTo(block);
    assertThat(new Block(new byte[] {1, 3}, 2, 300, ARRIVALS)).isNotEqualTo(block);
    assertThat(new Block(new byte[] {1, 2}, 2, 300, new ArrivalTimes(5, 6))).isNotEqualTo(block);
  }

  @Test
  void refusesValuesThatNoEncoderGives() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Block(new byte[0], 2, 300, ARRIVALS))
        .withMessageContaining("frame");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Block(new byte[1], 0, 300, ARRIVALS))
        .withMessageContaining("rowCount: 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Block(new byte[1], 2, 0, ARRIVALS))
        .withMessageContaining("rawBytes: 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ArrivalTimes(2, 1))
        .withMessageContaining("2 is after the newest, 1");
  }
}
