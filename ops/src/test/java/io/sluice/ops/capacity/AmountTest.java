package io.sluice.ops.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AmountTest {
  @Test
  void showsThreeDigits() {
    assertThat(Amount.digits(1.234)).isEqualTo("1.23");
    assertThat(Amount.digits(12.34)).isEqualTo("12.3");
    assertThat(Amount.digits(123.4)).isEqualTo("123");
    assertThat(Amount.digits(0.001)).isEqualTo("1.0e-03");
    assertThat(Amount.digits(0)).isEqualTo("0.00");
  }

  @Test
  void takesTheUnitThatFits() {
    assertThat(Amount.bytes(999)).isEqualTo("999 B");
    assertThat(Amount.bytes(1_500_000_000)).isEqualTo("1.50 GB");
    assertThat(Amount.bytes(999_700)).isEqualTo("1.00 MB");
    assertThat(Amount.count(5_000)).isEqualTo("5.00 k");
  }
}
