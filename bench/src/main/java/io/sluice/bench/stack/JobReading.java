package io.sluice.bench.stack;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * How the job carried the records through.
 *
 * @param runningToFinishedSeconds from Flink's RUNNING to its FINISHED: deployment, reading, the
 *     last checkpoint, the last request, the end
 * @param runningToStoredSeconds from RUNNING to the proxy's end of the last accepted request
 * @param readingRecordsPerSecond see {@link ReadingPace}; null if it read too fast to be seen
 * @param requests accepted by the proxy
 * @param wireBytes of them, headers included
 * @param taskManagerCpuSeconds from before the submission to FINISHED, less the idle baseline
 * @param clickHouseCpuSeconds the same of ClickHouse; merges that come later are not in it
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record JobReading(
    long records,
    double runningToFinishedSeconds,
    double runningToStoredSeconds,
    Double readingRecordsPerSecond,
    long requests,
    long wireBytes,
    double taskManagerCpuSeconds,
    double clickHouseCpuSeconds) {
  private static final double MILLION = 1e6;

  double recordsPerSecond() {
    return records / runningToFinishedSeconds;
  }

  double storedRecordsPerSecond() {
    return records / runningToStoredSeconds;
  }

  double taskManagerCpuSecondsPerMillion() {
    return taskManagerCpuSeconds / (records / MILLION);
  }

  double clickHouseCpuSecondsPerMillion() {
    return clickHouseCpuSeconds / (records / MILLION);
  }

  double wireBytesPerRow() {
    return wireBytes / (double) records;
  }
}
