package io.sluice.feed.settings;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The value of {@code kafka.brokers}. The Kafka clients look at it on the TaskManager only, where a
 * wrong one fails again and again.
 */
final class BrokerList {
  private static final int MAX_PORT = 65_535;

  /** As Kafka's own, which also takes a protocol in front, as in PLAINTEXT://host:9092. */
  private static final Pattern BROKER =
      Pattern.compile("(?:[A-Za-z0-9_]+://)?(?:\\[[0-9A-Fa-f:.%]+]|[A-Za-z0-9._-]+):(\\d{1,5})");

  private BrokerList() {}

  static String parse(Entered entered) {
    String[] brokers = entered.text().split(",", -1);
    for (int i = 0; i < brokers.length; i++) {
      Matcher matcher = BROKER.matcher(brokers[i].trim());
      if (!matcher.matches() || !isPort(matcher.group(1))) {
        throw entered.wrong(
            "is not right: broker %d of %d".formatted(i + 1, brokers.length),
            "host:port, several by comma, IPv6 as [address]:port, ports from 1 to " + MAX_PORT);
      }
    }
    return Arrays.stream(brokers).map(String::trim).distinct().collect(Collectors.joining(","));
  }

  private static boolean isPort(String digits) {
    int port = Integer.parseInt(digits);
    return port >= 1 && port <= MAX_PORT;
  }
}
