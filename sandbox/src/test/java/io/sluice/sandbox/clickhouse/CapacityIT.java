package io.sluice.sandbox.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.sluice.ops.Json;
import io.sluice.ops.OperatorException;
import io.sluice.ops.capacity.CapacitySample;
import io.sluice.ops.capacity.Forecast;
import io.sluice.ops.capacity.Level;
import io.sluice.ops.capacity.ReplayPlan;
import io.sluice.ops.capacity.Sampler;
import io.sluice.ops.sql.ClickHouseSql;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Estimates for the project's own tables, beside what the real engine then takes. */
@Tag("campaign")
class CapacityIT {
  private static final Path SQL = Path.of("..", "sql");
  private static final LocalDate MONDAY = LocalDate.of(2026, 11, 2);
  private static final ReplayPlan AS_FAST_AND_TWICE = new ReplayPlan(1, 2, 1_000_000);

  @TempDir Path dir;
  private ChdbProcess server;
  private Sampler sampler;

  @BeforeEach
  void start() throws Exception {
    server = ChdbProcess.start(dir);
    createTables();
    sampler =
        new Sampler(
            new ClickHouseSql("http://127.0.0.1:" + server.port()),
            line -> System.out.println(line));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  /** Half a million rows a day are the sample for a million a day, of another seed. */
  @Test
  void eachTableTakesWhatWasEstimatedForAnotherRateAndMoreDays() throws Exception {
    server.sql(new GeneratedTraffic(1, MONDAY, 2, 500_000).insert());
    CapacitySample sample = sampler.measure(8, AS_FAST_AND_TWICE, "generated");
    Forecast forecast =
        new Forecast(Json.read(written(sample), CapacitySample.class).orElseThrow());

    GeneratedTraffic asked = new GeneratedTraffic(2, MONDAY, 3, 1_000_000);
    createTables();
    server.sql(asked.insert());

    SoftAssertions eachTable = new SoftAssertions();
    for (Level level : Level.values()) {
      Forecast.LevelForecast estimate = forecast.of(level, asked.rowsPerSecond(), asked.days());
      server.sql("OPTIMIZE TABLE logs." + level.table() + " FINAL");
      double rows = ofParts("rows", level);
      double bytes = ofParts("bytes_on_disk", level);
      System.out.printf(
          "%-24s %,10.0f rows, estimated %+5.1f %%; %,12.0f bytes, estimated %+5.1f %%%n",
          level.table(),
          rows,
          100 * (estimate.rows() / rows - 1),
          bytes,
          100 * (estimate.bytes() / bytes - 1));
      eachTable
          .assertThat(estimate.rows())
          .as("rows of %s", level.table())
          .isCloseTo(rows, withinPercentage(10));
      eachTable
          .assertThat(estimate.bytes())
          .as("bytes of %s", level.table())
          .isCloseTo(bytes, withinPercentage(10));
    }
    eachTable.assertAll();
  }

  @Test
  void measuresTheLastWholeDaysAndLeavesNothingBehind() throws Exception {
    server.sql(new GeneratedTraffic(1, MONDAY, 1, 20_000).insert());
    server.sql(new GeneratedTraffic(1, MONDAY.plusDays(2), 2, 20_000).insert());
    server.sql(
        "ALTER TABLE logs.http_log DELETE WHERE timestamp >= '2026-11-05 20:00:00'"
            + " SETTINGS mutations_sync = 2");

    CapacitySample sample = sampler.measure(8, new ReplayPlan(1, 1, 1), "");

    assertThat(sample.firstDay()).isEqualTo("2026-11-04");
    assertThat(sample.days()).isOne();
    assertThat(sample.rows()).isEqualTo(20_000);
    assertThat(server.sql("SHOW DATABASES")).contains("logs").doesNotContain("capacity");
    assertThat(server.sql("SELECT count() FROM logs.http_log")).isEqualTo("56667");
  }

  @Test
  void saysThatThereIsNoWholeDay() throws Exception {
    server.sql(new GeneratedTraffic(1, MONDAY, 1, 1_000).insert());

    assertThatThrownBy(() -> sampler.measure(8, AS_FAST_AND_TWICE, ""))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("no whole day");
  }

  private Path written(CapacitySample sample) {
    Path file = dir.resolve("sample.json");
    Json.write(file, sample);
    return file;
  }

  /** The rows have fixed dates, which a TTL would come for one day. */
  private void createTables() throws Exception {
    server.sql("DROP DATABASE IF EXISTS logs SYNC");
    SqlMigrations.apply(SQL, new ClickHouseSql("http://127.0.0.1:" + server.port()));
    for (Level level : Level.values()) {
      String table = "logs." + level.table();
      if (server.sql("SHOW CREATE TABLE " + table).contains("\\nTTL ")) {
        server.sql("ALTER TABLE " + table + " REMOVE TTL");
      }
    }
  }

  private double ofParts(String column, Level level) throws IOException {
    return Double.parseDouble(
        server.sql(
            "SELECT sum(%s) FROM system.parts WHERE active AND database = 'logs' AND table = '%s'"
                .formatted(column, level.table())));
  }
}
