package io.sluice.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.http.Outcome;
import io.sluice.clickhouse.http.Outcome.Kind;
import io.sluice.ops.audit.TotalsTables;
import io.sluice.sandbox.clickhouse.ClickHouseTarget;
import io.sluice.sandbox.clickhouse.ClickHouseTarget.Contents;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** What tests ask of an answer, and of the tables afterwards. */
final class Stored {
  /** {@code http_log} and its levels. */
  static final List<String> TABLES =
      Stream.concat(Stream.of("http_log"), TotalsTables.NAMES.stream()).toList();

  private Stored() {}

  static void assertAccepted(Outcome outcome) {
    assertThat(outcome.kind()).as(outcome.detail()).isEqualTo(Kind.ACCEPTED);
  }

  static void assertRefused(Outcome outcome, int clickHouseCode) {
    assertAnswer(outcome, Kind.REFUSED, clickHouseCode);
  }

  static void assertPassing(Outcome outcome, int clickHouseCode) {
    assertAnswer(outcome, Kind.TRY_AGAIN, clickHouseCode);
  }

  private static void assertAnswer(Outcome outcome, Kind kind, int clickHouseCode) {
    assertThat(outcome.clickHouseCode()).as(outcome.detail()).isEqualTo(clickHouseCode);
    assertThat(outcome.kind()).as(outcome.detail()).isEqualTo(kind);
  }

  /** Rows and bytes, in {@code http_log} and in each level. */
  static void assertInAllLevels(ClickHouseTarget target, int rows) throws IOException {
    Contents contents = target.contents();
    assertThat(contents.rows()).as("rows of %s", contents).isEqualTo(rows);
    assertThat(contents.differing()).as("differing of %s", contents).isEmpty();
  }
}
