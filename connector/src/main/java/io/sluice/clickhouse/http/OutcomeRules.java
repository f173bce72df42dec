package io.sluice.clickhouse.http;

import io.sluice.clickhouse.http.Outcome.Kind;

/**
 * What an answer, or its absence, means. Decided on status and code, never on a message's text.
 *
 * <p>A proxy can be made to answer 2xx in ClickHouse's place (nginx: {@code return 204}, {@code
 * error_page 502 =200}), and so can whatever else listens at a wrong address. So a 200 counts only
 * with {@code X-ClickHouse-Query-Id} or {@code X-ClickHouse-Summary}.
 *
 * <p>ClickHouse sends its code with every error, so a 503 without one is the proxy's. Its statuses
 * say less than its codes: 500 is a full memory as well as an unknown column.
 */
final class OutcomeRules {
  /** No {@code X-ClickHouse-Exception-Code} in the answer. */
  static final int NO_CODE = 0;

  private OutcomeRules() {}

  /**
   * @param afterBody whether the server had the whole body when it began to answer
   * @param askedFirst whether the request had {@code Expect: 100-continue}
   */
  static Kind ofAnswer(Answer answer, boolean afterBody, boolean askedFirst) {
    if (answer.clickHouseCode() != NO_CODE) {
      return PassingError.includes(answer.clickHouseCode()) ? Kind.TRY_AGAIN : Kind.REFUSED;
    }
    return switch (answer.httpStatus()) {
      case 200 ->
          afterBody && answer.hasClickHouseHeader() && answer.excerpt().isEmpty()
              ? Kind.ACCEPTED
              : Kind.NOT_CLICKHOUSE;
      case 429, 503 -> Kind.TOO_EARLY;
      case 413 -> Kind.TOO_LARGE;
      case 408 -> Kind.TRY_AGAIN;
      case 417 -> askedFirst ? Kind.TRY_AGAIN : Kind.REFUSED;
      default ->
          switch (answer.httpStatus() / 100) {
            case 4 -> Kind.REFUSED;
            case 5 -> Kind.TRY_AGAIN;
            default -> Kind.NOT_CLICKHOUSE;
          };
    };
  }

  static Kind ofFailure(RequestFailure failure) {
    return failure == RequestFailure.UNTRUSTED ? Kind.REFUSED : Kind.TRY_AGAIN;
  }

  /**
   * Whether rows may have been stored.
   *
   * <p>Before the first byte of the body left, no. After that only a 413 is safe to be a no. A 503
   * is not: nginx answers one before the body, but other proxies also when their upstream hung up
   * on them after it had everything.
   */
  static boolean mayBeApplied(Kind kind, boolean bodyStarted) {
    return switch (kind) {
      case ACCEPTED -> true;
      case TOO_LARGE -> false;
      case TOO_EARLY, TRY_AGAIN, REFUSED, NOT_CLICKHOUSE -> bodyStarted;
    };
  }
}
