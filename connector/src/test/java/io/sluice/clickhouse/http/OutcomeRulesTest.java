package io.sluice.clickhouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.http.Outcome.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeRulesTest {

  @ParameterizedTest
  @CsvSource({
    "200, ACCEPTED",
    "201, NOT_CLICKHOUSE",
    "202, NOT_CLICKHOUSE",
    "204, NOT_CLICKHOUSE",
    "206, NOT_CLICKHOUSE",
    "299, NOT_CLICKHOUSE",
    "301, NOT_CLICKHOUSE",
    "304, NOT_CLICKHOUSE",
    "101, NOT_CLICKHOUSE",
    "400, REFUSED",
    "401, REFUSED",
    "403, REFUSED",
    "404, REFUSED",
    "405, REFUSED",
    "408, TRY_AGAIN",
    "411, REFUSED",
    "413, TOO_LARGE",
    "414, REFUSED",
    "417, REFUSED",
    "429, TOO_EARLY",
    "500, TRY_AGAIN",
    "501, TRY_AGAIN",
    "502, TRY_AGAIN",
    "503, TOO_EARLY",
    "504, TRY_AGAIN",
    "999, NOT_CLICKHOUSE",
  })
  void decidesByStatusWhereClickHouseDidNotSpeak(int httpStatus, Kind expected) {
    assertThat(kindOf(httpStatus, OutcomeRules.NO_CODE)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    // What passes.
    "500, 33, TRY_AGAIN", // truncated body
    "408, 159, TRY_AGAIN",
    "500, 202, TRY_AGAIN",
    "503, 209, TRY_AGAIN",
    "500, 210, TRY_AGAIN",
    "500, 225, TRY_AGAIN",
    "500, 236, TRY_AGAIN",
    "500, 241, TRY_AGAIN",
    "500, 242, TRY_AGAIN",
    "500, 243, TRY_AGAIN",
    "500, 252, TRY_AGAIN",
    "500, 319, TRY_AGAIN",
    "500, 394, TRY_AGAIN",
    "503, 439, TRY_AGAIN",
    "500, 999, TRY_AGAIN",
    // What somebody has to change.
    "500, 16, REFUSED", // no such column
    "400, 53, REFUSED", // type mismatch
    "404, 60, REFUSED",
    "404, 81, REFUSED",
    "404, 115, REFUSED",
    "400, 117, REFUSED",
    "401, 194, REFUSED",
    "403, 497, REFUSED",
    "403, 516, REFUSED",
    "500, 123456, REFUSED", // nobody foresaw it
    "500, -1, REFUSED", // not a number
  })
  void decidesByCodeWhereClickHouseSpoke(int httpStatus, int code, Kind expected) {
    assertThat(kindOf(httpStatus, code)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 413, 429, 503})
  void letsTheCodeOutweighTheStatus(int httpStatus) {
    assertThat(kindOf(httpStatus, 252)).isEqualTo(Kind.TRY_AGAIN);
    assertThat(kindOf(httpStatus, 60)).isEqualTo(Kind.REFUSED);
  }

  @ParameterizedTest
  @EnumSource(PassingError.class)
  void takesEveryPassingErrorAsTryAgain(PassingError error) {
    assertThat(kindOf(500, error.code)).isEqualTo(Kind.TRY_AGAIN);
  }

  @Test
  void triesAgainAfter417OnlyIfItSentWhatThatIsAbout() {
    assertThat(OutcomeRules.ofAnswer(answer(417, 0, false, ""), false, true))
        .isEqualTo(Kind.TRY_AGAIN);
    assertThat(OutcomeRules.ofAnswer(answer(417, 0, false, ""), true, false))
        .isEqualTo(Kind.REFUSED);
  }

  @Test
  void takes200ForStoredOnlyFromClickHouse() {
    assertThat(OutcomeRules.ofAnswer(answer(200, 0, true, ""), true, true))
        .isEqualTo(Kind.ACCEPTED);
    assertThat(OutcomeRules.ofAnswer(answer(200, 0, false, ""), true, true))
        .isEqualTo(Kind.NOT_CLICKHOUSE);
  }

  @Test
  void takes200ForStoredOnlyAfterTheBodyAndWithoutOne() {
    assertThat(OutcomeRules.ofAnswer(answer(200, 0, true, ""), false, true))
        .isEqualTo(Kind.NOT_CLICKHOUSE);
    assertThat(OutcomeRules.ofAnswer(answer(200, 0, true, "x"), true, true))
        .isEqualTo(Kind.NOT_CLICKHOUSE);
  }

  @ParameterizedTest
  @MethodSource("exceptions")
  void knowsExceptionsByKind(IOException exception, RequestFailure failure, Kind kind) {
    assertThat(RequestFailure.of(exception)).isEqualTo(failure);
    assertThat(OutcomeRules.ofFailure(failure)).isEqualTo(kind);
  }

  static Stream<Arguments> exceptions() {
    IOException untrusted = new SSLHandshakeException("PKIX path building failed");
    untrusted.initCause(new CertificateException("no path"));
    return Stream.of(
        Arguments.of(new ConnectException("x"), RequestFailure.UNREACHABLE, Kind.TRY_AGAIN),
        Arguments.of(new ConnectTimeoutException("x"), RequestFailure.UNREACHABLE, Kind.TRY_AGAIN),
        Arguments.of(new UnknownHostException("x"), RequestFailure.UNREACHABLE, Kind.TRY_AGAIN),
        Arguments.of(new SocketTimeoutException("x"), RequestFailure.TIMED_OUT, Kind.TRY_AGAIN),
        Arguments.of(new NoHttpResponseException("x"), RequestFailure.CUT, Kind.TRY_AGAIN),
        Arguments.of(new SocketException("reset"), RequestFailure.CUT, Kind.TRY_AGAIN),
        Arguments.of(new SSLHandshakeException("cut"), RequestFailure.CUT, Kind.TRY_AGAIN),
        Arguments.of(new ClientProtocolException("x"), RequestFailure.NOT_HTTP, Kind.TRY_AGAIN),
        Arguments.of(untrusted, RequestFailure.UNTRUSTED, Kind.REFUSED));
  }

  @Test
  void knowsThatNothingWasAppliedBeforeTheBodyStarted() {
    assertThat(Stream.of(Kind.values()).filter(kind -> kind != Kind.ACCEPTED))
        .noneMatch(kind -> OutcomeRules.mayBeApplied(kind, false));
  }

  @Test
  void rulesNothingOutOnceTheBodyStartedExceptFor413() {
    assertThat(Stream.of(Kind.values()).filter(kind -> kind != Kind.TOO_LARGE))
        .allMatch(kind -> OutcomeRules.mayBeApplied(kind, true));
    assertThat(OutcomeRules.mayBeApplied(Kind.TOO_LARGE, true)).isFalse();
  }

  /** Of an answer that looks as much like ClickHouse's as can be. */
  private static Kind kindOf(int httpStatus, int code) {
    return OutcomeRules.ofAnswer(answer(httpStatus, code, true, ""), true, false);
  }

  private static Answer answer(int httpStatus, int code, boolean hasHeader, String excerpt) {
    return new Answer(httpStatus, code, hasHeader, Duration.ZERO, "", excerpt);
  }
}
