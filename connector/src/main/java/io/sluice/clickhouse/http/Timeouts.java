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
 * @param response between two pieces of the response. The first piece includes the time ClickHouse
 *     takes to store the rows
 * @param total for the whole request, from its start to the end of the response; a server that
 *     trickles bytes, or takes none, is cut off here. Resolving the host's name cannot be
 *     interrupted: the system's resolver has its own limit
 */
public record Timeouts(Duration connect, Duration continueWait, Duration response, Duration total)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What each may be at most. */
  public static final Duration LONGEST = Duration.ofHours(1);

  /** Five seconds to connect, three for the 100, a minute for the response, three in all. */
  public static final Timeouts DEFAULT =
      new Timeouts(
          Duration.ofSeconds(5),
          Duration.ofSeconds(3),
          Duration.ofMinutes(1),
          Duration.ofMinutes(3));

  /**
   * @throws IllegalArgumentException if one is below 1 ms or above an hour, or if {@code total} is
   *     shorter than {@code response}
   */
  public Timeouts {
    requireSane("connect", connect);
    requireSane("continueWait", continueWait);
    requireSane("response", response);
    requireSane("total", total);
    if (total.compareTo(response) < 0) {
      throw new IllegalArgumentException(
          "timeouts.total is %s; allowed: at least timeouts.response, %s"
              .formatted(total, response));
    }
  }

  private static void requireSane(String field, Duration value) {
    if (value == null || value.toMillis() < 1 || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "timeouts.%s is %s; allowed: 1 ms to %s".formatted(field, value, LONGEST));
    }
  }
}
