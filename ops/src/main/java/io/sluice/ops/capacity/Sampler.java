package io.sluice.ops.capacity;

import io.sluice.ops.sql.ClickHouseSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Measures what rows take at several rates. Needs a ClickHouse with {@code logs.http_log} and some
 * whole days in it; reads {@code logs}, writes to a database of its own, and drops that at the end.
 */
public final class Sampler {
  private final ClickHouseSql clickHouse;
  private final Consumer<String> progress;

  public Sampler(ClickHouseSql clickHouse, Consumer<String> progress) {
    this.clickHouse = clickHouse;
    this.progress = progress;
  }

  /**
   * Replays the last whole days.
   *
   * @param mostDays of them at most
   * @param description of the rows, for people
   * @throws io.sluice.ops.OperatorException if there is no whole day, or ClickHouse refuses
   */
  public CapacitySample measure(int mostDays, ReplayPlan plan, String description) {
    SampleRange range = SampleRange.last(clickHouse, mostDays);
    List<ReplayStep> steps = plan.steps(range.days(), range.rows());
    progress.accept(
        "sample: %,d rows of %d day(s) from %s, %d replays"
            .formatted(range.rows(), range.days(), range.firstDay(), steps.size()));
    List<Replay> replays = new ArrayList<>();
    try (ReplayDatabase database = new ReplayDatabase(clickHouse)) {
      for (ReplayStep step : steps) {
        Replay replay = database.run(range, step);
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
    return new CapacitySample(
        description,
        clickHouse.query("SELECT version()").toLowerCase(Locale.ROOT),
        range.firstDay().toString(),
        range.days(),
        range.rows(),
        replays);
  }
}
