package io.sluice.ops.capacity;

import io.sluice.ops.OperatorException;
import io.sluice.ops.sql.ClickHouseSql;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Measures what rows take at several rates. Needs a ClickHouse with {@code logs.http_log} and some
 * whole days in it; reads {@code logs}, writes to a database of its own, and drops that at the end.
 *
 * @param progress takes a line per replay
 */
public record Sampler(ClickHouseSql clickHouse, Consumer<String> progress) {
  /** A day is whole if it has rows in 99 of 100 minutes: the first and last of a log seldom are. */
  private static final int MINUTES_OF_A_WHOLE_DAY = 1_426;

  /**
   * Replays the last whole days, in UTC, that follow each other.
   *
   * @param mostDays of them at most
   * @param description of the rows, for people
   * @throws OperatorException if there is no whole day, or ClickHouse refuses
   */
  public CapacitySample measure(int mostDays, ReplayPlan plan, String description) {
    LocalDate first = null;
    long rows = 0;
    int days = 0;
    for (String line : wholeDays(mostDays)) {
      String[] cells = line.split("\t", 2);
      LocalDate day = LocalDate.parse(cells[0]);
      if (first != null && !day.equals(first.minusDays(1))) {
        break;
      }
      first = day;
      rows += Long.parseLong(cells[1]);
      days++;
    }
    if (first == null) {
      throw OperatorException.failed(
          "http_log has no whole day (UTC, rows in nearly every minute) to measure");
    }
    List<ReplayStep> steps = plan.steps(days, rows);
    progress.accept(
        "sample: %,d rows of %d day(s) from %s, %d replays"
            .formatted(rows, days, first, steps.size()));
    return new CapacitySample(
        description,
        clickHouse.query("SELECT version()").toLowerCase(Locale.ROOT),
        first.toString(),
        days,
        rows,
        replays(first, steps));
  }

  private List<String> wholeDays(int atMost) {
    return clickHouse.lines(
        """
        SELECT toDate(timestamp) AS day, count()
        FROM logs.http_log GROUP BY day
        HAVING uniqExact(toStartOfMinute(timestamp)) >= %d
        ORDER BY day DESC LIMIT %d
        """
            .formatted(MINUTES_OF_A_WHOLE_DAY, atMost));
  }

  private List<Replay> replays(LocalDate first, List<ReplayStep> steps) {
    List<Replay> replays = new ArrayList<>();
    try (ReplayDatabase database = new ReplayDatabase(clickHouse)) {
      for (ReplayStep step : steps) {
        Replay replay = database.run(first, step);
        replays.add(replay);
        progress.accept(
            "%d/%d: %s times the rate, %,d rows"
                .formatted(
                    replays.size(),
                    steps.size(),
                    step.thinning() > 1 ? "1/" + step.thinning() : step.squeeze(),
                    replay.rawRows()));
      }
    }
    return replays;
  }
}
