package io.sluice.sandbox.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.block.Block;
import io.sluice.clickhouse.http.InsertRequest;
import io.sluice.clickhouse.http.Outcome;
import io.sluice.ops.audit.TotalsTables;
import io.sluice.sandbox.clickhouse.ClickHouseTarget.Contents;
import io.sluice.sandbox.clickhouse.ClickHouseTarget.Sums;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That no table of totals is ahead of http_log or behind it, however an insert went. */
class TotalsIT {
  private static final ViewedRows ROWS = new ViewedRows("/rows/", 3_000, 3);
  private static final int LATE_DAYS = 160;

  @TempDir static Path dir;
  private static ChdbProcess server;
  private static ClickHouseTarget target;

  @BeforeAll
  static void start() throws Exception {
    server = ChdbProcess.start(dir);
    URI url = URI.create("http://127.0.0.1:" + server.port() + "/");
    target = new ClickHouseTarget(url, "default", "", "logs");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void emptyTables() throws Exception {
    target.createTablesAnew(TablesDdl.asTheyAre());
  }

  static Stream<String> tables() {
    return TotalsTables.NAMES.stream();
  }

  @ParameterizedTest
  @MethodSource("tables")
  void aRepeatHealsWhatAFailureOfOneTableLeft(String table) throws Exception {
    InsertRequest request = target.request("failing", ROWS.blocks());

    sendWhileFailing(table, request);
    assertAccepted(target.send(request));
    assertStored(1);

    assertAccepted(target.send(request));
    assertStored(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http_log_day", "http_log_status_hour"})
  void aRepeatHealsWhatAFailureOfOneTableAndAKillLeft(String table) throws Exception {
    InsertRequest request = target.request("failing", ROWS.blocks());

    sendWhileFailing(table, request);
    server.kill();
    server.start();

    assertAccepted(target.send(request));
    assertStored(1);
  }

  /** One that is not there is how a migration that went wrong looks. */
  @Test
  void aRepeatHealsWhatIsMissingWhileATableWasAway() throws Exception {
    InsertRequest request = target.request("failing", ROWS.blocks());
    for (String table : TotalsTables.NAMES) {
      target.sql("RENAME TABLE logs.%s TO logs.away".formatted(table));
      assertRefused(target.send(request));
      target.sql("RENAME TABLE logs.away TO logs.%s".formatted(table));
    }

    assertAccepted(target.send(request));

    assertStored(1);
  }

  @Test
  void requestsBetweenAFailureAndItsRepeatAreCountedOnceToo() throws Exception {
    InsertRequest failing = target.request("failing", ROWS.blocks());
    InsertRequest equal = target.request("equal", ROWS.blocks());
    sendWhileFailing("http_log_status_hour", failing);

    assertAccepted(target.send(equal));
    assertAccepted(target.send(failing));
    assertAccepted(target.send(equal));

    assertStored(2);
  }

  @Test
  void takesRowsOfManyMonthsInOneRequestAndDropsTheRepeat() throws Exception {
    long today = Today.START.getEpochSecond();
    List<LogRow> late =
        IntStream.range(0, 5 * LATE_DAYS)
            .mapToObj(
                i ->
                    new LogRow(
                        today - i % LATE_DAYS * 86_400L + i,
                        i % 7,
                        i,
                        1,
                        200,
                        "HIT",
                        "GET",
                        "1.2.%d.X".formatted(i % 3),
                        "/late"))
            .toList();
    InsertRequest request = target.request("late", LogRow.blocks(late));

    for (int i = 0; i < 2; i++) {
      assertAccepted(target.send(request));

      Contents contents = target.contents().without("http_log_minute");
      assertThat(contents.rows()).isEqualTo(late.size());
      assertThat(contents.differing()).as("differing of %s", contents).isEmpty();
      // What is older than three days may be gone by now.
      assertThat(
              target.sql(
                  "SELECT sum(requests) FROM logs.http_log_minute WHERE time >= toDateTime(%d)"
                      .formatted(today - 86_400)))
          .isEqualTo(Integer.toString(2 * late.size() / LATE_DAYS));
    }
  }

  /** Why every table has a window, and as long a one as http_log. */
  @ParameterizedTest
  @ValueSource(strings = {"http_log_day", "http_log_status_hour"})
  void aTableThatRemembersLessThanTheOthersCountsARepeatTwice(String table) throws Exception {
    target.sql(
        "ALTER TABLE logs.%s MODIFY SETTING non_replicated_deduplication_window = 3"
            .formatted(table));
    List<Block> blocks = ROWS.blocks();
    for (String token : List.of("one", "other", "one")) {
      assertAccepted(target.send(target.request(token, blocks)));
    }

    Contents contents = target.contents();

    assertThat(contents.differing()).as("differing of %s", contents).containsExactly(table);
    assertThat(contents.rows()).isEqualTo(2L * ROWS.count());
    assertThat(contents.totals().get(table).requests()).isEqualTo(3L * ROWS.count());
  }

  /** Some tables have the rows then, wholly or in part, and some have not. */
  private static void sendWhileFailing(String table, InsertRequest request) throws Exception {
    target.sql("ALTER TABLE logs.%s ADD CONSTRAINT broken CHECK 0".formatted(table));
    assertRefused(target.send(request));
    target.sql("ALTER TABLE logs.%s DROP CONSTRAINT broken".formatted(table));
    assertThat(target.contents().totals().get(table)).isEqualTo(new Sums(0, 0));
  }

  private static void assertStored(int times) throws Exception {
    Contents contents = target.contents();
    assertThat(contents.rows()).as("rows of %s", contents).isEqualTo((long) times * ROWS.count());
    assertThat(contents.differing()).as("differing of %s", contents).isEmpty();
  }

  private static void assertAccepted(Outcome outcome) {
    assertThat(outcome.kind()).as(outcome.detail()).isEqualTo(Outcome.Kind.ACCEPTED);
  }

  private static void assertRefused(Outcome outcome) {
    assertThat(outcome.kind()).as(outcome.detail()).isEqualTo(Outcome.Kind.REFUSED);
  }
}
