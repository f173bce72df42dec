package io.sluice.sandbox.clickhouse;

import static java.util.stream.Collectors.joining;

import io.sluice.sandbox.clickhouse.ClickHouseTarget.Sums;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A question to {@code logs.traffic}, and what the answer has to be.
 *
 * @param from seconds since 1970
 * @param to seconds since 1970, not part of the range
 * @param step as the view takes it
 * @param by what is grouped or filtered by
 * @param filters a subset of {@code by}, with the value that is left of each; the rest of {@code
 *     by} is grouped by
 */
record TrafficQuery(
    long from, long to, String step, Set<Dimension> by, Map<Dimension, String> filters) {
  private static final long DAY = 86_400;

  String sql() {
    return "SELECT "
        + Stream.concat(Stream.of("toUInt32(time)"), groups().map(Dimension::expression))
            .collect(joining(", "))
        + ", sum(requests), sum(bytes_sent) FROM logs.traffic("
        + "from = '%s', to = '%s', step = '%s', by = '%s')"
            .formatted(
                text(from),
                text(to),
                step,
                by.stream().map(Dimension::column).collect(joining(",")))
        + (filters.isEmpty() ? "" : " WHERE ")
        + filters.entrySet().stream()
            .map(filter -> filter.getKey().condition(filter.getValue()))
            .collect(joining(" AND "))
        + " GROUP BY "
        + Stream.concat(Stream.of("time"), groups().map(Dimension::column)).collect(joining(", "));
  }

  /** By time and groups, separated by tabs, as the statement prints them. */
  Map<String, Sums> answer(List<LogRow> rows) {
    long seconds = seconds();
    long first = from / seconds * seconds;
    long end = (to - 1) / seconds * seconds + seconds;
    List<Dimension> groups = groups().toList();
    Map<String, Sums> sums = new HashMap<>();
    for (LogRow row : rows) {
      if (row.second() < first || row.second() >= end || !isLeft(row)) {
        continue;
      }
      StringBuilder key = new StringBuilder();
      key.append(row.second() / seconds * seconds);
      groups.forEach(group -> key.append('\t').append(group.of(row)));
      sums.merge(
          key.toString(),
          new Sums(1, row.bytesSent()),
          (a, b) -> new Sums(a.requests() + b.requests(), a.bytes() + b.bytes()));
    }
    return sums;
  }

  /** What the statement printed, in the same form. */
  static Map<String, Sums> parsed(String printed) {
    Map<String, Sums> sums = new HashMap<>();
    printed
        .lines()
        .forEach(
            line -> {
              int bytes = line.lastIndexOf('\t');
              int requests = line.lastIndexOf('\t', bytes - 1);
              sums.put(
                  line.substring(0, requests),
                  new Sums(
                      Long.parseUnsignedLong(line.substring(requests + 1, bytes)),
                      Long.parseUnsignedLong(line.substring(bytes + 1))));
            });
    return sums;
  }

  /** Of the step, which for auto depends on the range. */
  long seconds() {
    long span = to - 1 - from;
    String chosen = step;
    if (step.equals("auto")) {
      chosen = span < DAY ? "minute" : span < 40 * DAY ? "hour" : "day";
    }
    return switch (chosen) {
      case "minute" -> 60;
      case "hour" -> 3_600;
      default -> DAY;
    };
  }

  private Stream<Dimension> groups() {
    return by.stream().filter(dimension -> !filters.containsKey(dimension));
  }

  private boolean isLeft(LogRow row) {
    return filters.entrySet().stream()
        .allMatch(filter -> filter.getKey().of(row).equals(filter.getValue()));
  }

  private static String text(long second) {
    return Instant.ofEpochSecond(second).toString();
  }
}
