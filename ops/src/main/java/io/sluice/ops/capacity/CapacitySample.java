package io.sluice.ops.capacity;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.ops.Json;
import io.sluice.ops.OperatorException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What was measured on a sample of rows; kept as JSON.
 *
 * @param description of the rows, for people
 * @param engine version of the ClickHouse that it was measured on
 * @param firstDay of the sample, UTC, such as {@code 2026-11-10}
 * @param days how many whole days it has
 * @param rows of http_log in these days
 * @param replays the sample at its own rate and others; one at the sample's own at least
 */
public record CapacitySample(
    String description, String engine, String firstDay, int days, long rows, List<Replay> replays) {
  private static final String SHIPPED = "/capacity-sample.json";

  public CapacitySample {
    if (days < 1 || rows < 1) {
      throw new IllegalArgumentException(
          "days and rows are " + days + " and " + rows + ", must be at least 1");
    }
    if (replays.stream().noneMatch(replay -> replay.step().factor() == 1)) {
      throw new IllegalArgumentException("replays has none at the sample's own rate");
    }
  }

  public static CapacitySample shipped() {
    try (InputStream json = CapacitySample.class.getResourceAsStream(SHIPPED)) {
      return new ObjectMapper().readValue(json, CapacitySample.class);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + SHIPPED, e);
    }
  }

  /** What {@code ./sluice capacity --measure <file>} wrote. */
  public static CapacitySample read(Path file) {
    return Json.read(file, CapacitySample.class)
        .orElseThrow(() -> OperatorException.failed("there is no " + file));
  }

  public double rowsPerSecond() {
    return (double) rows / (days * Level.Span.DAY.seconds);
  }
}
