package io.sluice.clickhouse.block;

/** When the oldest and the newest row of a block arrived, milliseconds since 1970. */
public record ArrivalTimes(long oldestEpochMilli, long newestEpochMilli) {
  public ArrivalTimes {
    if (oldestEpochMilli > newestEpochMilli) {
      throw new IllegalArgumentException(
          "oldestEpochMilli: %d is after the newest, %d"
              .formatted(oldestEpochMilli, newestEpochMilli));
    }
  }
}
