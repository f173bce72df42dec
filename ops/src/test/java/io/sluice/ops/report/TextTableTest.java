package io.sluice.ops.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void isAlignedMarkdown() {
    assertThat(new TextTable("round", "CPU s/M").row("1", "0.55").row("median", "10.5").toString())
        .isEqualTo(
            """
            | round  | CPU s/M |
            | ------ | ------: |
            | 1      |    0.55 |
            | median |    10.5 |""");
  }

  @Test
  void aRowHasAsManyCellsAsThereAreHeads() {
    assertThatThrownBy(() -> new TextTable("a", "b").row("1"))
        .hasMessageContaining("cells are 1, must be 2");
  }
}
