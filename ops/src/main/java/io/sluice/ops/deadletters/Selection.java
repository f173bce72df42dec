package io.sluice.ops.deadletters;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Which dead letters are meant.
 *
 * @param reason a part of the reason, in any case; empty for all
 * @param since the original message's time in Kafka is not before
 * @param until the original message's time in Kafka is before
 * @param limit at most so many
 * @param cameBack also those that were replayed before and came back
 * @param to the topic that they are sent to; empty for the one each came from
 */
public record Selection(
    String reason,
    Instant since,
    Instant until,
    long limit,
    boolean cameBack,
    Optional<String> to) {
  public Selection {
    if (limit < 1) {
      throw new IllegalArgumentException("limit is " + limit + ", must be at least 1");
    }
    if (!since.isBefore(until)) {
      throw new IllegalArgumentException("since is " + since + ", must be before until, " + until);
    }
  }

  /** All that wait, each to the topic it came from. */
  public static Selection all() {
    return new Selection("", Instant.MIN, Instant.MAX, Long.MAX_VALUE, false, Optional.empty());
  }

  String targetOf(Letter letter) {
    return to.orElse(letter.origin().topic());
  }

  boolean matches(Letter letter) {
    Instant time = Instant.ofEpochMilli(letter.timestampEpochMilli());
    return letter.reason().toLowerCase(Locale.ROOT).contains(reason.toLowerCase(Locale.ROOT))
        && !time.isBefore(since)
        && time.isBefore(until);
  }

  boolean takes(Standing standing) {
    return standing == Standing.WAITING || (cameBack && standing == Standing.CAME_BACK);
  }
}
