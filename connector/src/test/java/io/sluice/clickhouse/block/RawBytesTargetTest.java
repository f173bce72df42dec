package io.sluice.clickhouse.block;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RawBytesTargetTest {
  private final RawBytesTarget target =
      new RawBytesTarget(new BlockSettings(100_000, 1_000_000, 3));

  @Test
  void startsCautiously() {
    assertThat(target.rawBytes()).isEqualTo(170_000);
  }

  @Test
  void believesABetterRatioByHalves() {
    target.learn(170_000, 51_000);
    assertThat(target.rawBytes()).isEqualTo(212_500);
  }

  @Test
  void believesAWorseRatioAtOnce() {
    target.learn(170_000, 170_000);
    assertThat(target.rawBytes()).isEqualTo(85_000);
  }

  @Test
  void ignoresBlocksThatWereCutShort() {
    target.learn(40_000, 40_000);
    assertThat(target.rawBytes()).isEqualTo(170_000);
  }

  @Test
  void believesAShortBlockThatHadToBeSplit() {
    for (int i = 0; i < 20; i++) {
      target.learn(1_000_000, 10);
    }
    target.learn(200_000, 200_000);
    assertThat(target.rawBytes()).isEqualTo(85_000);
  }

  @Test
  void neverExceedsTheRawLimit() {
    for (int i = 0; i < 20; i++) {
      target.learn(1_000_000, 10);
    }
    assertThat(target.rawBytes()).isEqualTo(1_000_000);
  }
}
