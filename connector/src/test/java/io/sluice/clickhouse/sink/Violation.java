package io.sluice.clickhouse.sink;

import org.slf4j.helpers.MessageFormatter;

/** An invariant did not hold. */
final class Violation extends AssertionError {
  private static final long serialVersionUID = 1L;

  private final Invariant invariant;

  Violation(Invariant invariant, String detail) {
    super(invariant + ": " + detail);
    this.invariant = invariant;
  }

  Violation(Invariant invariant, Throwable cause) {
    super(invariant + ": " + cause, cause);
    this.invariant = invariant;
  }

  Invariant invariant() {
    return invariant;
  }

  /**
   * Checks an invariant.
   *
   * @param detail with {@code {}} for each argument
   */
  static void unless(boolean holds, Invariant invariant, String detail, Object... args) {
    if (!holds) {
      throw new Violation(invariant, MessageFormatter.arrayFormat(detail, args).getMessage());
    }
  }
}
