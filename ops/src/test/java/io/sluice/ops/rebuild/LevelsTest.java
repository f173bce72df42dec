package io.sluice.ops.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LevelsTest {
  private static final View MINUTE =
      view("minute", "SELECT log.a AS a FROM logs.http_log AS log GROUP BY a");
  private static final View HOUR = view("hour", "SELECT b FROM logs.minute AS finer GROUP BY b");
  private static final View STRANGE = view("strange", "SELECT c FROM logs.elsewhere");
  private final Levels levels = new Levels(List.of(MINUTE, HOUR, STRANGE));

  private static View view(String target, String select) {
    return View.of(
        "logs." + target + "_mv",
        "CREATE MATERIALIZED VIEW logs.%s_mv TO logs.%s (`a` UInt8) AS %s"
            .formatted(target, target, select),
        select);
  }

  @Test
  void aLevelBehindAnotherIsBothSelectsOneInTheOther() {
    assertThat(levels.select("logs.hour", "SELECT 1"))
        .isEqualTo(
            "SELECT b FROM (SELECT log.a AS a FROM (SELECT 1) AS log GROUP BY a) AS finer GROUP BY"
                + " b");
  }

  @Test
  void severalViewsIntoALevelAreAddedUp() {
    Levels two = new Levels(List.of(MINUTE, view("minute", "SELECT d FROM logs.http_log")));

    assertThat(two.select("logs.minute", "$1"))
        .isEqualTo("SELECT log.a AS a FROM ($1) AS log GROUP BY a UNION ALL SELECT d FROM ($1)");
  }

  @Test
  void namesMayCarryTheirDatabase() {
    assertThat(levels.require("hour")).isEqualTo("logs.hour");
    assertThat(levels.require("logs.hour")).isEqualTo("logs.hour");
  }

  @Test
  void onlyWhatComesFromTheRowsCanBeRebuilt() {
    assertThatThrownBy(() -> levels.require("strange"))
        .hasMessageContaining("there are hour, minute");
    assertThatThrownBy(() -> levels.require("http_log")).hasMessageContaining("no table of totals");
  }

  @Test
  void tellsWhatHangsOnALevel() {
    assertThat(levels.fedFrom("logs.minute")).containsExactly("logs.hour");
    assertThat(levels.fedFrom("logs.hour")).isEmpty();
  }

  @Test
  void aViewOfTwoTablesIsNotGuessedAt() {
    assertThatThrownBy(() -> view("both", "SELECT 1 FROM logs.a UNION ALL SELECT 2 FROM logs.b"))
        .hasMessageContaining("more than one table");
  }
}
