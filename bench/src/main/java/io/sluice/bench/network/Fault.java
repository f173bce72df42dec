package io.sluice.bench.network;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * What is wrong with a link at the moment; {@link #NONE} if nothing is.
 *
 * @param delayNanos how long {@link Kind#DELAY} holds up each chunk, at least
 * @param jitterNanos how much longer at most
 * @param bytesPerSecond what {@link Kind#THROTTLE} lets through, per connection and direction
 * @param leastRequestBytes to how large a request {@link Kind#LOSE_ANSWERS} loses the answer
 * @param random where the jitter comes from; drawn from by the loop of the link alone
 */
record Fault(
    Kind kind,
    long delayNanos,
    long jitterNanos,
    long bytesPerSecond,
    long leastRequestBytes,
    SplittableRandom random) {

  enum Kind {
    NONE,
    /** No connection, and no listener. */
    CUT,
    /** Every chunk comes late. */
    DELAY,
    /** Bytes are taken and held. */
    STALL,
    /** The first bytes of an answer end the client's side. */
    LOSE_ANSWERS,
    /** Few bytes per second. */
    THROTTLE
  }

  static final Fault NONE = plain(Kind.NONE);
  static final Fault CUT = plain(Kind.CUT);
  static final Fault STALL = plain(Kind.STALL);

  private static final long SLICES_PER_SECOND = 50;

  static Fault delay(Duration each, Duration jitter, long seed) {
    if (each.isNegative() || jitter.isNegative()) {
      throw new IllegalArgumentException(
          "delay " + each + " and jitter " + jitter + " must not be negative");
    }
    return new Fault(
        Kind.DELAY, each.toNanos(), jitter.toNanos(), 0, 0, new SplittableRandom(seed));
  }

  static Fault throttle(long bytesPerSecond) {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException(
          "bytesPerSecond is " + bytesPerSecond + ", must be at least 1");
    }
    return new Fault(Kind.THROTTLE, 0, 0, bytesPerSecond, 0, new SplittableRandom(0));
  }

  static Fault loseAnswers(long leastRequestBytes) {
    if (leastRequestBytes < 0) {
      throw new IllegalArgumentException(
          "leastRequestBytes is " + leastRequestBytes + ", must not be negative");
    }
    return new Fault(Kind.LOSE_ANSWERS, 0, 0, 0, leastRequestBytes, new SplittableRandom(0));
  }

  private static Fault plain(Kind kind) {
    return new Fault(kind, 0, 0, 0, 0, new SplittableRandom(0));
  }

  boolean holds() {
    return kind == Kind.STALL;
  }

  boolean losesAnswerTo(long requestBytes) {
    return kind == Kind.LOSE_ANSWERS && requestBytes >= leastRequestBytes;
  }

  boolean delays() {
    return kind == Kind.DELAY;
  }

  boolean throttles() {
    return kind == Kind.THROTTLE;
  }

  /** How long the chunk that was just read is held up; zero unless this delays. */
  long nextDelayNanos() {
    return delayNanos + (jitterNanos == 0 ? 0 : random.nextLong(jitterNanos + 1));
  }

  /** How many bytes may be written at once: a fiftieth of a second's share when throttled. */
  int sliceBytes() {
    return throttles()
        ? (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytesPerSecond / SLICES_PER_SECOND))
        : Integer.MAX_VALUE;
  }

  /** How long nothing may follow after that many bytes; zero unless this throttles. */
  long pauseNanosAfter(int bytes) {
    return throttles() ? Math.multiplyExact(bytes, 1_000_000_000L) / bytesPerSecond : 0;
  }
}
