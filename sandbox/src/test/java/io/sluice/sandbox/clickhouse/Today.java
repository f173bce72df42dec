package io.sluice.sandbox.clickhouse;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The day that rows of tests begin with, so that no table finds them too old to keep. */
final class Today {
  /** Midnight in UTC; the same all through a run, since a repeat has to be the same bytes. */
  @SuppressWarnings("TimeInStaticInitializer")
  static final Instant START = Instant.now().truncatedTo(ChronoUnit.DAYS);

  private Today() {}
}
