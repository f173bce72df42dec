package io.sluice.clickhouse.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class BlockSettingsTest {
  @Test
  void takesAQuarterOfARequestByDefault() {
    assertThat(BlockSettings.DEFAULT.maxBlockBytes() * 4).isEqualTo(1 << 20);
  }

  @Test
  void refusesValuesOutOfRangeAndNamesThem() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BlockSettings(1023, 1 << 20, 3))
        .withMessage("maxBlockBytes: 1023 is not between 1024 and 1073741824");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BlockSettings(1024, 0, 3))
        .withMessageStartingWith("maxRawBytes: 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BlockSettings(1024, 1024, 20))
        .withMessageStartingWith("zstdLevel: 20");
  }
}
