package io.sluice.sandbox.clickhouse;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The number that stands for a network in the totals, computed without SQL.
 *
 * <pre>
 *   X               0
 *   1.2.3.X         2^48 + the 24 bits
 *   2001:db8:1::X   2^49 + the 48 bits
 * </pre>
 */
final class NetworkKey {
  private static final Pattern IPV4 = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)\\.X");
  private static final Pattern IPV6 =
      Pattern.compile("(\\p{XDigit}+):(\\p{XDigit}+):(\\p{XDigit}+)::X");

  private NetworkKey() {}

  /** Of an anonymized address. */
  static long of(String anonymized) {
    Matcher ipv4 = IPV4.matcher(anonymized);
    if (ipv4.matches()) {
      return (1L << 48) | joined(ipv4, 10, 8);
    }
    Matcher ipv6 = IPV6.matcher(anonymized);
    return ipv6.matches() ? (1L << 49) | joined(ipv6, 16, 16) : 0;
  }

  private static long joined(Matcher groups, int radix, int bits) {
    long joined = 0;
    for (int i = 1; i <= groups.groupCount(); i++) {
      joined = (joined << bits) | Integer.parseInt(groups.group(i), radix);
    }
    return joined;
  }
}
