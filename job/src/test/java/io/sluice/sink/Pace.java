package io.sluice.sink;

import static io.sluice.sink.Violation.unless;

import io.sluice.clickhouse.Outcome.Kind;
import io.sluice.clickhouse.RequestPacer;
import java.time.Duration;

/** When the requests of one attempt may start. An attempt knows nothing of those before it. */
final class Pace {
  private static final Duration EARLY_LEAST = Duration.ofMillis(500);
  private static final Duration EARLY_MOST = Duration.ofSeconds(5);
  private static final Duration AGAIN_LEAST = Duration.ofMillis(500);

  /** A timer's milliseconds, and the time that the simulation lets pass in between. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  private final Duration window;
  private long windowOpensAtNanos = Long.MIN_VALUE;
  private long noSoonerThanNanos = Long.MIN_VALUE;
  private long noLaterThanNanos = Long.MAX_VALUE;

  Pace(Duration window) {
    this.window = window;
  }

  /** The writer starts a request. */
  void submitted(long nowNanos) {
    unless(
        nowNanos >= windowOpensAtNanos,
        Invariant.ONE_REQUEST_PER_WINDOW,
        "{} ms too early",
        (windowOpensAtNanos - nowNanos) / 1_000_000);
    unless(
        nowNanos >= noSoonerThanNanos,
        Invariant.BACKS_OFF,
        "{} ms too early",
        (noSoonerThanNanos - nowNanos) / 1_000_000);
    unless(
        nowNanos <= noLaterThanNanos,
        Invariant.RETRIES_IN_TIME,
        "{} ms too late",
        (nowNanos - noLaterThanNanos) / 1_000_000);
    noLaterThanNanos = Long.MAX_VALUE;
  }

  /**
   * A request ended.
   *
   * @param isQuiet nothing but the writer's own delays holds the next one up
   */
  void ended(Kind kind, long submittedAtNanos, long nowNanos, boolean isQuiet) {
    switch (kind) {
      case ACCEPTED -> windowOpensAtNanos = submittedAtNanos + window.toNanos();
      case TOO_EARLY -> {
        noSoonerThanNanos = nowNanos + EARLY_LEAST.toNanos();
        if (isQuiet) {
          long windowOpens =
              Math.max(nowNanos, windowOpensAtNanos + RequestPacer.DEFAULT_GUARD.toNanos());
          noLaterThanNanos =
              Math.max(nowNanos + EARLY_MOST.toNanos(), windowOpens) + SLACK.toNanos();
        }
      }
      case TRY_AGAIN -> noSoonerThanNanos = nowNanos + AGAIN_LEAST.toNanos();
      case REFUSED -> noSoonerThanNanos = nowNanos + window.toNanos();
      // The halves of a batch need not wait.
      case TOO_LARGE -> {}
    }
  }
}
