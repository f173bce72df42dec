package io.sluice.ops.deadletters;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Which dead letters are meant.
 *
 * @param reason a part of the reason, in any case; empty for all
 * @param since the original message's time in Kafka is not before; empty for all
 * @param until the original message's time in Kafka is before; empty for all
 * @param limit at most so many
 * @param cameBack also those that were replayed before and came back
 * @param to the topic that they are sent to; empty for the one each came from
 */
public record Selection(
    Optional<String> reason,
    Optional<Instant> since,
    Optional<Instant> until,
    long limit,
    boolean cameBack,
    Optional<String> to) {
  public Selection {
    if (limit < 1) {
      throw new IllegalArgumentException("limit is " + limit + ", must be at least 1");
    }
    if (since.isPresent() && until.isPresent() && !since.get().isBefore(until.get())) {
      throw new IllegalArgumentException(
          "since is " + since.get() + ", must be before until, " + until.get());
    }
  }

  /** All that wait, each to the topic it came from. */
  public static Selection all() {
    return new Selection(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Long.MAX_VALUE,
        false,
        Optional.empty());
  }

  String targetOf(Letter letter) {
    return to.orElse(letter.origin().topic());
  }

  boolean matches(Letter letter) {
    Instant time = Instant.ofEpochMilli(letter.timestampEpochMilli());
    return reason.map(part -> contains(letter.reason(), part)).orElse(true)
        && since.map(earliest -> !time.isBefore(earliest)).orElse(true)
        && until.map(time::isBefore).orElse(true);
  }

  boolean takes(Standing standing) {
    return standing == Standing.WAITING || (cameBack && standing == Standing.CAME_BACK);
  }

  private static boolean contains(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }
}
