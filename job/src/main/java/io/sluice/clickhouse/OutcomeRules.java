package io.sluice.clickhouse;

import io.sluice.clickhouse.Outcome.Kind;

/**
 * What an answer, or its absence, means. Decided on status and code, never on a message's text.
 *
 * <table>
 * <caption>Answers</caption>
 * <tr><th>ClickHouse code</th><th>status</th><th>kind</th></tr>
 * <tr><td>one of {@link PassingError}</td><td>any, 2xx too</td><td>TRY_AGAIN</td></tr>
 * <tr><td>any other</td><td>any, 2xx too</td><td>REFUSED</td></tr>
 * <tr><td>none</td><td>2xx</td><td>ACCEPTED</td></tr>
 * <tr><td>none</td><td>429, 503</td><td>TOO_EARLY</td></tr>
 * <tr><td>none</td><td>413</td><td>TOO_LARGE</td></tr>
 * <tr><td>none</td><td>408, other 5xx</td><td>TRY_AGAIN</td></tr>
 * <tr><td>none</td><td>3xx, other 4xx</td><td>REFUSED</td></tr>
 * </table>
 *
 * <p>ClickHouse sends its code with every error, so a 503 without one is the proxy's. Its statuses
 * say less than its codes: 500 is a full memory as well as an unknown column.
 */
final class OutcomeRules {
  /** No {@code X-ClickHouse-Exception-Code} in the answer. */
  static final int NO_CODE = 0;

  private OutcomeRules() {}

  static Kind ofAnswer(int httpStatus, int clickHouseCode) {
    if (clickHouseCode != NO_CODE) {
      return PassingError.includes(clickHouseCode) ? Kind.TRY_AGAIN : Kind.REFUSED;
    }
    return switch (httpStatus) {
      case 429, 503 -> Kind.TOO_EARLY;
      case 413 -> Kind.TOO_LARGE;
      case 408 -> Kind.TRY_AGAIN;
      default ->
          switch (httpStatus / 100) {
            case 2 -> Kind.ACCEPTED;
            case 5 -> Kind.TRY_AGAIN;
            default -> Kind.REFUSED;
          };
    };
  }

  static Kind ofFailure(RequestFailure failure) {
    return switch (failure) {
      case UNREACHABLE, CUT, TIMED_OUT, NOT_HTTP, ABORTED -> Kind.TRY_AGAIN;
      case UNTRUSTED, NOT_CLICKHOUSE -> Kind.REFUSED;
    };
  }

  /**
   * Whether rows may have been stored.
   *
   * <p>Before the first byte of the body left, no. After that only a 413 is safe to be a no. A 503
   * is not: nginx answers one before the body, but other proxies also when their upstream hung up
   * on them after it had everything.
   */
  static boolean mayHaveBeenApplied(Kind kind, boolean bodyStarted) {
    return switch (kind) {
      case ACCEPTED -> true;
      case TOO_LARGE -> false;
      case TOO_EARLY, TRY_AGAIN, REFUSED -> bodyStarted;
    };
  }
}
