package io.sluice.clickhouse.block;

import java.math.BigDecimal;
import java.util.Arrays;

/**
 * {@code Decimal(P, S)}: the value times 10^S as an integer of 4, 8, 16 or 32 bytes, little-endian,
 * two's complement.
 *
 * @param precision all digits, 1 to 76
 * @param scale digits after the point, 0 to {@code precision}
 */
record DecimalType(int precision, int scale) implements FixedBytesBuffer.Put<BigDecimal> {
  private static final int MOST_DIGITS = 76;

  DecimalType {
    Column.check("precision", precision, 1, MOST_DIGITS);
    Column.check("scale", scale, 0, precision);
  }

  String typeName() {
    return "Decimal(" + precision + ", " + scale + ")";
  }

  int width() {
    return precision <= 9 ? 4 : precision <= 18 ? 8 : precision <= 38 ? 16 : 32;
  }

  @Override
  public void put(BigDecimal value, byte[] target, int position) {
    // Checked before setScale, which would write out all zeros of 1E+1000000000.
    BigDecimal exact = value.scale() == scale ? value : value.stripTrailingZeros();
    if (exact.signum() == 0) {
      exact = BigDecimal.ZERO.setScale(scale);
    }
    if (exact.scale() > scale || (long) exact.precision() - exact.scale() > precision - scale) {
      throw new IllegalArgumentException(
          value
              + " has more than %d digits before the point or %d after it"
                  .formatted(precision - scale, scale));
    }
    byte[] bigEndian = exact.setScale(scale).unscaledValue().toByteArray();
    if (bigEndian[0] < 0) {
      Arrays.fill(target, position, position + width(), (byte) -1);
    }
    for (int i = 0; i < bigEndian.length; i++) {
      target[position + i] = bigEndian[bigEndian.length - 1 - i];
    }
  }
}
