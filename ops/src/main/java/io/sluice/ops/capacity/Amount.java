package io.sluice.ops.capacity;

import java.util.Locale;

/** Numbers for people: three digits say enough, and units are powers of 1000. */
final class Amount {
  private static final String[] BYTE_UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};
  private static final String[] COUNT_UNITS = {"", " k", " M", " G", " T", " P"};

  private Amount() {}

  static String bytes(double bytes) {
    int power = powerOf(bytes);
    return digits(bytes / Math.pow(1_000, power)) + " " + BYTE_UNITS[power];
  }

  static String count(double count) {
    int power = powerOf(count);
    return digits(count / Math.pow(1_000, power)) + COUNT_UNITS[power];
  }

  static String percent(double share) {
    return digits(share * 100) + " %";
  }

  /** Three digits that count. */
  static String digits(double number) {
    String format = number >= 99.95 ? "%.0f" : number >= 9.995 ? "%.1f" : "%.2f";
    return number > 0 && number < 0.01
        ? String.format(Locale.ROOT, "%.1e", number)
        : String.format(Locale.ROOT, format, number);
  }

  private static int powerOf(double number) {
    int power = 0;
    // 999.6 would be shown as 1000.
    while (number >= 999.5 && power < BYTE_UNITS.length - 1) {
      number /= 1_000;
      power++;
    }
    return power;
  }
}
