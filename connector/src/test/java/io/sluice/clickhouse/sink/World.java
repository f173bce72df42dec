package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.http.Authorities;
import io.sluice.clickhouse.http.Endpoint;
import io.sluice.clickhouse.http.InsertStatement;
import io.sluice.clickhouse.http.Timeouts;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What is the same in every run. */
final class World {
  static final Duration WINDOW = Duration.ofMillis(62_500);

  /** What tokens begin with that do not derive from others. */
  static final String TOKENS = "token-";

  static final int MOST_BLOCK_ROWS = 12;
  static final long MOST_BLOCK_BYTES = (long) MOST_BLOCK_ROWS * ModelEncoder.BYTES_PER_ROW;

  private static final long REQUEST_BYTES = 40L * ModelEncoder.BYTES_PER_ROW;

  static final SinkSettings SETTINGS =
      new SinkSettings(
          List.of(
              new Endpoint(
                  URI.create("http://ch-proxy:8124"),
                  "default",
                  "secret",
                  Timeouts.DEFAULT,
                  Authorities.OF_THE_JVM)),
          new InsertStatement("logs", "http_log", List.of("timestamp", "url"), Map.of()),
          WINDOW,
          REQUEST_BYTES,
          3 * REQUEST_BYTES);

  private World() {}
}
