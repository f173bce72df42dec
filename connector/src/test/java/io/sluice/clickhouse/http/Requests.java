package io.sluice.clickhouse.http;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Requests and endpoints for tests. */
final class Requests {
  static final InsertStatement STATEMENT =
      new InsertStatement("logs", "http_log", List.of("timestamp", "url"), Map.of());

  static final Timeouts SHORT =
      new Timeouts(Duration.ofSeconds(2), Duration.ofMillis(50), Duration.ofSeconds(1));

  static final Timeouts PATIENT =
      new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(30));

  private Requests() {}

  /** A request with {@code frameCount} frames of {@code frameBytes} random bytes. */
  static InsertRequest ofFrames(int frameCount, int frameBytes) {
    byte[] frame = new byte[frameBytes];
    new Random(7).nextBytes(frame);
    return new InsertRequest(STATEMENT, "token-1", Collections.nCopies(frameCount, frame));
  }

  /** The frames, one after the other. */
  static byte[] bodyOf(InsertRequest request) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    request.frames().forEach(body::writeBytes);
    return body.toByteArray();
  }

  static Endpoint endpoint(URI url, Timeouts timeouts) {
    return new Endpoint(url, "writer", "s3cret", timeouts, Authorities.OF_THE_JVM);
  }
}
