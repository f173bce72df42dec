package io.sluice.bench.network;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * What is wrong with a link at the moment; {@link #NONE} if nothing is.
 *
 * @param delayNanos how long {@link Kind#DELAY} holds up each chunk, at least
 * @param jitterNanos how much longer at most
 * @param leastRequestBytes to how large a request {@link Kind#LOSE_ANSWERS} loses the answer
 * @param random where the jitter comes from
 */
record Fault(
    Kind kind, long delayNanos, long jitterNanos, long leastRequestBytes, SplittableRandom random) {

  enum Kind {
    NONE,
    /** No connection, and no listener. */
    CUT,
    /** Every chunk comes late. */
    DELAY,
    /** Bytes are taken and held. */
    STALL,
    /** The first bytes of an answer end the client's side. */
    LOSE_ANSWERS
  }

  static final Fault NONE = plain(Kind.NONE);
  static final Fault CUT = plain(Kind.CUT);
  static final Fault STALL = plain(Kind.STALL);

  static Fault delay(Duration each, Duration jitter, long seed) {
    if (each.isNegative() || jitter.isNegative()) {
      throw new IllegalArgumentException(
          "delay " + each + " and jitter " + jitter + " must not be negative");
    }
    return new Fault(Kind.DELAY, each.toNanos(), jitter.toNanos(), 0, new SplittableRandom(seed));
  }

  static Fault loseAnswers(long leastRequestBytes) {
    if (leastRequestBytes < 0) {
      throw new IllegalArgumentException(
          "leastRequestBytes is " + leastRequestBytes + ", must not be negative");
    }
    return new Fault(Kind.LOSE_ANSWERS, 0, 0, leastRequestBytes, new SplittableRandom(0));
  }

  private static Fault plain(Kind kind) {
    return new Fault(kind, 0, 0, 0, new SplittableRandom(0));
  }

  boolean losesAnswerTo(long requestBytes) {
    return kind == Kind.LOSE_ANSWERS && requestBytes >= leastRequestBytes;
  }

  /** How long the chunk that was just read is held up; zero unless this delays. */
  long nextDelayNanos() {
    synchronized (random) {
      return delayNanos + (jitterNanos == 0 ? 0 : random.nextLong(jitterNanos + 1));
    }
  }
}
