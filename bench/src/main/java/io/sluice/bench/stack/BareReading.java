package io.sluice.bench.stack;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * How a bare Kafka consumer read the topic.
 *
 * @param seconds from the first poll that gave records to the last
 * @param cpuSeconds of its whole JVM, from before the consumer was made
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record BareReading(long records, long bytes, double seconds, double cpuSeconds) {
  double recordsPerSecond() {
    return records / seconds;
  }

  double cpuSecondsPerMillion() {
    return cpuSeconds / (records / 1e6);
  }
}
