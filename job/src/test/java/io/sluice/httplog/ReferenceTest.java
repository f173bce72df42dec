package io.sluice.httplog;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.sink.SinkMetric;
import io.sluice.feed.kafka.SourceMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/reference.md} has what the code has, and nothing else. */
class ReferenceTest {
  // The working directory of all tests is their module.
  private static final Path REFERENCE = Path.of("../docs/reference.md");

  @Test
  void settingsAreThoseOfTheCode() throws Exception {
    assertThat(rows("key").map(row -> String.join(" | ", row.subList(0, 3))))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Arrays.stream(HttpLogSetting.values()).map(ReferenceTest::row),
                    Stream.of("`kafka.client.*` | `SLUICE_KAFKA_CLIENT_*` | "))
                .toList());
  }

  @Test
  void metricsAreThoseOfTheCode() throws Exception {
    assertThat(rows("metric").map(row -> String.join(" | ", row)))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Arrays.stream(SinkMetric.values()).map(ReferenceTest::row),
                    Arrays.stream(SourceMetric.values()).map(ReferenceTest::row))
                .toList());
  }

  private static String row(HttpLogSetting setting) {
    String value =
        setting.defaultValue().map(it -> it.isEmpty() ? "empty" : code(it)).orElse("required");
    return String.join(" | ", code(setting.key()), code(setting.environmentVariable()), value);
  }

  private static String row(SinkMetric metric) {
    return String.join(
        " | ",
        code(metric.metricName),
        metric.kind.name().toLowerCase(Locale.ROOT),
        metric.unit,
        metric.meaning);
  }

  private static String row(SourceMetric metric) {
    return String.join(
        " | ", code(metric.metricName()), "counter", metric.unit(), metric.meaning());
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  /** The cells of all rows of the tables whose first column has this heading. */
  private static Stream<List<String>> rows(String firstColumn) throws IOException {
    Stream.Builder<List<String>> rows = Stream.builder();
    String heading = "";
    for (String line : Files.readAllLines(REFERENCE)) {
      List<String> cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
      if (!line.startsWith("|")) {
        heading = "";
      } else if (heading.isEmpty()) {
        heading = cells.get(1);
      } else if (heading.equals(firstColumn) && !line.startsWith("|--")) {
        rows.add(cells.subList(1, cells.size() - 1));
      }
    }
    return rows.build();
  }
}
