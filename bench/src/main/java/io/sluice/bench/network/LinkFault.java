package io.sluice.bench.network;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What is wrong with a link.
 *
 * @param leastDelayNanos how long {@link Kind#DELAY} holds up each chunk at least; twice as long at
 *     most
 * @param leastRequestBytes to how large a request {@link Kind#LOSE_ANSWERS} loses the answer
 */
public record LinkFault(Kind kind, long leastDelayNanos, long leastRequestBytes) {

  enum Kind {
    NONE,
    /** All connections are reset, new ones are refused. */
    CUT,
    /** Every chunk comes late, in both directions, in order. */
    DELAY,
    /**
     * A black hole: bytes are taken and held, connections stay open, new ones are accepted and not
     * passed on. Afterwards everything arrives, also from a client that has given up by then.
     */
    STALL,
    /**
     * Requests pass, but the first byte of an answer resets the client's side: the server has done
     * its work, and the client does not know.
     */
    LOSE_ANSWERS
  }

  /** Nothing; what was held goes on at once. */
  static final LinkFault NONE = new LinkFault(Kind.NONE, 0, 0);

  public static final LinkFault CUT = new LinkFault(Kind.CUT, 0, 0);
  public static final LinkFault STALL = new LinkFault(Kind.STALL, 0, 0);

  public static LinkFault delay(Duration least) {
    return new LinkFault(Kind.DELAY, least.toNanos(), 0);
  }

  /**
   * Answers to large requests are lost.
   *
   * @param leastRequestBytes answers to less than this pass, such as "100 Continue" to the head of
   *     a request whose body then follows; 0 for no answer at all
   */
  public static LinkFault loseAnswers(long leastRequestBytes) {
    return new LinkFault(Kind.LOSE_ANSWERS, 0, leastRequestBytes);
  }

  boolean losesAnswerTo(long requestBytes) {
    return kind == Kind.LOSE_ANSWERS && requestBytes >= leastRequestBytes;
  }

  /** How long the chunk that was just read is held up; zero unless this delays. */
  long nextDelayNanos() {
    return leastDelayNanos + ThreadLocalRandom.current().nextLong(leastDelayNanos + 1);
  }
}
