package io.sluice.ops.capacity;

import java.util.Locale;

/** Numbers for people: three digits say enough, and units are powers of 1000. */
final class Amount {
  private Amount() {}

  static String bytes(double bytes) {
    return inUnits(bytes, " B", " kB", " MB", " GB", " TB", " PB");
  }

  static String count(double count) {
    return inUnits(count, "", " k", " M", " G", " T", " P");
  }

  static String percent(double share) {
    return digits(share * 100) + " %";
  }

  static String digits(double number) {
    String format = number >= 99.95 ? "%.0f" : number >= 9.995 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, number > 0 && number < 0.01 ? "%.1e" : format, number);
  }

  private static String inUnits(double number, String... units) {
    int power = 0;
    // 999.6 would be shown as 1000.
    while (number >= 999.5 && power < units.length - 1) {
      number /= 1_000;
      power++;
    }
    return digits(number) + units[power];
  }
}
