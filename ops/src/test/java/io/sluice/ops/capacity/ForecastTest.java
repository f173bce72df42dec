package io.sluice.ops.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** On a sample of 100 rows a second whose tables keep 1,000 rows a bucket, whatever the rate. */
class ForecastTest {
  private static final long DAY = 86_400;
  private static final long ROWS_A_DAY = 100L * DAY;
  private final Forecast forecast = new Forecast(sample());

  @Test
  void rawRowsAreRateTimesTime() {
    Forecast.LevelForecast raw = forecast.of(Level.RAW, 150, 10);

    assertThat(raw.rows()).isCloseTo(150.0 * DAY * 10, within(1.0));
    assertThat(bytesPerRow(raw)).isCloseTo(20, within(0.01));
    assertThat(raw.isExtrapolated()).isFalse();
  }

  @Test
  void aLevelThatIsFullKeepsTheSameRowsAtEveryRate() {
    for (double rate : List.of(50.0, 77.0, 100.0, 200.0, 3_000.0)) {
      assertThat(forecast.of(Level.RESOURCE_HOUR, rate, 5).rows())
          .isCloseTo(5 * 24 * 1_000.0, within(1.0));
    }
  }

  @Test
  void saysWhichRateNoReplayHad() {
    assertThat(forecast.of(Level.RESOURCE_HOUR, 200, 5).isExtrapolated()).isFalse();
    assertThat(forecast.of(Level.RESOURCE_HOUR, 201, 5).isExtrapolated()).isFalse();
    assertThat(forecast.of(Level.RESOURCE_HOUR, 250, 5).isExtrapolated()).isTrue();
    assertThat(forecast.of(Level.RESOURCE_HOUR, 40, 5).isExtrapolated()).isTrue();
    assertThat(forecast.measuredRowsPerSecond()).isCloseTo(200, within(0.001));
  }

  @Test
  void moreDaysInAPartitionMakeARowSmallerWhereTheKeyComesFirst() {
    double oneDay = bytesPerRow(forecast.of(Level.DAY, 100, 1));
    double twoDays = bytesPerRow(forecast.of(Level.DAY, 100, 2));

    assertThat(oneDay).isCloseTo(10, within(0.01));
    assertThat(twoDays).isCloseTo(8, within(0.01));
    assertThat(bytesPerRow(forecast.of(Level.DAY, 100, 4))).isCloseTo(6.4, within(0.01));
    assertThat(forecast.of(Level.DAY, 100, 4).isExtrapolated()).isTrue();
    assertThat(bytesPerRow(forecast.of(Level.DAY, 200, 1))).isCloseTo(10, within(0.01));
  }

  @Test
  void aPartitionIsAMonthAtMost() {
    assertThat(bytesPerRow(forecast.of(Level.DAY, 100, 30)))
        .isCloseTo(bytesPerRow(forecast.of(Level.DAY, 100, 700)), within(1e-9));
  }

  @Test
  void neverKeepsMoreThanThereIs() {
    assertThat(forecast.of(Level.MINUTE, 0.001, 1).kept()).isEqualTo(1);
  }

  private static double bytesPerRow(Forecast.LevelForecast level) {
    return level.bytes() / level.rows();
  }

  private static CapacitySample sample() {
    List<Replay> replays = new ArrayList<>();
    replays.add(replay(new ReplayStep(2, 1, 2 * DAY), 2, ROWS_A_DAY));
    replays.add(replay(new ReplayStep(1, 1, DAY), 1, ROWS_A_DAY));
    replays.add(replay(new ReplayStep(1, 1, 2 * DAY), 2, 2 * ROWS_A_DAY));
    replays.add(replay(new ReplayStep(1, 2, 2 * DAY), 1, 2 * ROWS_A_DAY));
    return new CapacitySample("made up", "1", "2026-01-01", 2, 2 * ROWS_A_DAY, replays);
  }

  private static Replay replay(ReplayStep step, int days, long raw) {
    Map<String, Replay.TableSize> sizes =
        Stream.of(Level.values())
            .collect(Collectors.toMap(Level::table, level -> size(level, days, raw)));
    return new Replay(step, raw, sizes);
  }

  private static Replay.TableSize size(Level level, int days, long raw) {
    if (level == Level.RAW) {
      return new Replay.TableSize(raw, 20 * raw);
    }
    long rows = days * DAY / level.bucket.seconds * 1_000;
    boolean keyFirst = level == Level.DAY || level == Level.RESOURCE_DAY;
    return new Replay.TableSize(rows, rows * (keyFirst && days == 2 ? 8 : 10));
  }
}
