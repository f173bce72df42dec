package io.sluice.clickhouse.http;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long each part of a request may take.
 *
 * @param connect to open the connection, TLS included; per address when a name has several
 * @param continueWait for the answer to {@code Expect: 100-continue}. A proxy that honours it
 *     answers at once. One that ignores it costs this wait on every request, after which the body
 *     is sent unasked
 * @param total for the whole request, from its start to the end of the response; a server that
 *     trickles bytes, or takes none, is cut off here. Resolving the host's name cannot be
 *     interrupted: the system's resolver has its own limit
 */
public record Timeouts(Duration connect, Duration continueWait, Duration total)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What {@link #total} may be at most. */
  public static final Duration LONGEST = Duration.ofHours(1);

  public static final Timeouts DEFAULT = ofRequest(Duration.ofMinutes(3));

  public Timeouts {
    if (total.toMillis() < 1 || total.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "requestTimeout: %s, must be from 1 ms to %s".formatted(total, LONGEST));
    }
  }

  /** The usual ones, but for the whole request. */
  public static Timeouts ofRequest(Duration total) {
    return new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(3), total);
  }
}
