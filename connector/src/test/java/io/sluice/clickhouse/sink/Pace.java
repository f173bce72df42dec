package io.sluice.clickhouse.sink;

import static io.sluice.clickhouse.sink.Violation.unless;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * When the requests of one attempt may start, and which batch has the turn. An attempt knows
 * nothing of those before it.
 */
final class Pace {
  private static final Duration EARLY_LEAST = Duration.ofMillis(500);
  private static final Duration EARLY_MOST = Duration.ofSeconds(5);
  private static final int MOST_WINDOWS_ASIDE = 8;
  private static final Duration AGAIN_LEAST = Duration.ofMillis(500);

  /** A timer's milliseconds, and the time that the simulation lets pass in between. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  private final Duration window;
  private long windowOpensAtNanos = Long.MIN_VALUE;
  private long noSoonerThanNanos = Long.MIN_VALUE;
  private long noLaterThanNanos = Long.MAX_VALUE;
  private int failuresInARow;
  private boolean othersFirst;

  /** Of those that were refused or too large: how often in a row, and until when they wait. */
  private final Map<String, Aside> aside = new HashMap<>();

  private static final class Aside {
    int times;
    long notBeforeNanos;
  }

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

  boolean isSetAside(String token) {
    return aside.containsKey(token);
  }

  /**
   * A request carries this batch.
   *
   * @param othersThatMayGo batches that could have gone instead, and were never set aside
   */
  void carries(String token, long submittedAtNanos, Set<String> othersThatMayGo) {
    Aside mine = aside.get(token);
    if (mine != null) {
      unless(
          submittedAtNanos >= mine.notBeforeNanos,
          Invariant.WAITS_BY_ITSELF,
          "{} {} ms too early",
          token,
          (mine.notBeforeNanos - submittedAtNanos) / 1_000_000);
      unless(
          !othersFirst || othersThatMayGo.isEmpty(),
          Invariant.OTHERS_GO_FIRST,
          "{}, set aside, before {}",
          token,
          othersThatMayGo);
    }
  }

  /**
   * A request ended.
   *
   * @param isCuttable whether a batch that is too large is halved
   * @param isQuiet nothing but the writer's own delays holds the next one up
   */
  void ended(Flight flight, boolean isCuttable, long nowNanos, boolean isQuiet) {
    failuresInARow++;
    switch (flight.kind()) {
      case ACCEPTED -> {
        windowOpensAtNanos = flight.submittedAtNanos + window.toNanos();
        failuresInARow = 0;
        othersFirst = false;
        if (aside.remove(flight.token) != null) {
          aside.values().forEach(each -> each.notBeforeNanos = Long.MIN_VALUE);
        }
      }
      case TOO_EARLY -> {
        long asked = Math.min(flight.retryAfter().toNanos(), window.toNanos());
        noSoonerThanNanos = nowNanos + Math.max(EARLY_LEAST.toNanos(), asked);
        if (isQuiet) {
          long windowOpens = Math.max(nowNanos, windowOpensAtNanos + Gate.GUARD.toNanos());
          noLaterThanNanos =
              Math.max(nowNanos + Math.max(earlyNanos(), asked), windowOpens) + SLACK.toNanos();
        }
      }
      case TRY_AGAIN, NOT_CLICKHOUSE -> noSoonerThanNanos = nowNanos + AGAIN_LEAST.toNanos();
      case REFUSED -> {
        noSoonerThanNanos = nowNanos + EARLY_LEAST.toNanos();
        setAside(flight.token, nowNanos);
      }
      case TOO_LARGE -> {
        // The halves of a batch need not wait, and neither do others.
        if (!isCuttable) {
          noSoonerThanNanos = nowNanos + EARLY_LEAST.toNanos();
          setAside(flight.token, nowNanos);
        }
      }
    }
  }

  private long earlyNanos() {
    return Math.min(
        EARLY_MOST.toNanos(), EARLY_LEAST.toNanos() << Math.min(16, failuresInARow - 1));
  }

  private void setAside(String token, long nowNanos) {
    Aside mine = aside.computeIfAbsent(token, first -> new Aside());
    int windows = Math.min(MOST_WINDOWS_ASIDE, 1 << Math.min(16, mine.times++));
    mine.notBeforeNanos = nowNanos + window.multipliedBy(windows).toNanos();
    othersFirst = true;
  }
}
