package io.sluice.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.clickhouse.block.Block;
import io.sluice.clickhouse.http.Authorities;
import io.sluice.clickhouse.http.ClickHouseClient;
import io.sluice.clickhouse.http.Endpoint;
import io.sluice.clickhouse.http.InsertRequest;
import io.sluice.clickhouse.http.Outcome;
import io.sluice.clickhouse.http.Outcome.Kind;
import io.sluice.clickhouse.http.Timeouts;
import io.sluice.containers.Nginx.Request;
import io.sluice.sandbox.clickhouse.ClickHouseTarget;
import io.sluice.sandbox.clickhouse.TablesDdl;
import io.sluice.sandbox.clickhouse.ViewedRows;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies, {@code 100-continue}, users and passwords, by a real server's HTTP layer. */
class HttpLayerIT {
  private static final ViewedRows ROWS = new ViewedRows("/http/", 1_000_000, 1);

  /** A body that no socket's buffer holds. */
  private static final List<Block> BLOCKS = ROWS.blocks();

  private static final String SECRET = "right-password";

  /** How a request comes to the server. */
  enum Way {
    DIRECT,
    PROXY;

    URI url() {
      return this == DIRECT ? clickHouse.server().url() : proxy.url();
    }

    ClickHouseTarget as(String user, String password) {
      return new ClickHouseTarget(url(), user, password, "logs");
    }
  }

  @AutoClose private static ProxiedClickHouse clickHouse;
  private static Nginx proxy;

  @BeforeAll
  static void start() {
    clickHouse = new ProxiedClickHouse(new ClickHouseServer());
    proxy = clickHouse.proxy("1000r/s");
  }

  @BeforeEach
  void emptyTables() throws Exception {
    target().createTablesAnew(TablesDdl.asTheyAre());
  }

  private static ClickHouseTarget target() {
    return clickHouse.server().target();
  }

  private static InsertRequest request(String token) {
    InsertRequest request = target().request(token, BLOCKS);
    assertThat(request.contentLength()).isBetween(400_000L, 1L << 20);
    return request;
  }

  /** A server or proxy that did not answer {@code Expect} would cost 20 s here. */
  @ParameterizedTest
  @EnumSource
  void asksForAZstdBodyAtOnceAndStoresIt(Way way) throws Exception {
    Timeouts patient =
        new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(60));
    long startNanos = System.nanoTime();
    Outcome outcome;
    try (ClickHouseClient client =
        new ClickHouseClient(
            new Endpoint(way.url(), "default", "", patient, Authorities.OF_THE_JVM))) {
      outcome = client.insert(request("zstd"));
    }

    Stored.assertAccepted(outcome);
    assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(15));
    Stored.assertInAllLevels(target(), ROWS.count());
  }

  @Test
  void aRequestWithinTheWindowIsTooEarlyAndUploadsNothing() throws Exception {
    Nginx oncePerMinute = clickHouse.proxy("1r/m");
    ClickHouseTarget job = new ClickHouseTarget(oncePerMinute.url(), "default", "", "logs");

    Stored.assertAccepted(job.send(request("first")));
    Outcome second = job.send(request("second"));

    assertThat(second.kind()).isEqualTo(Kind.TOO_EARLY);
    assertThat(second.mayBeApplied()).isFalse();
    await().until(() -> oncePerMinute.requests().size() == 2);
    List<Request> seen = oncePerMinute.requests();
    assertThat(seen).extracting(Request::status).containsExactly(200, 503);
    assertThat(seen.get(0).bytes()).isGreaterThan(request("first").contentLength());
    assertThat(seen.get(1).bytes()).isLessThan(10_000);
    Stored.assertInAllLevels(target(), ROWS.count());
  }

  @ParameterizedTest
  @EnumSource
  void aWrongPasswordIsRefusedAndTheSameRequestIsStoredWhenItIsMadeRight(Way way) throws Exception {
    clickHouse
        .server()
        .sql(
            "CREATE USER OR REPLACE sluice IDENTIFIED WITH sha256_password BY 'other-password'",
            "GRANT INSERT ON logs.http_log TO sluice");
    ClickHouseTarget job = way.as("sluice", SECRET);
    InsertRequest request = request("password");

    Outcome refused = job.send(request);
    clickHouse
        .server()
        .sql("ALTER USER sluice IDENTIFIED WITH sha256_password BY '" + SECRET + "'");
    Outcome accepted = job.send(request);

    // AUTHENTICATION_FAILED
    Stored.assertRefused(refused, 516);
    assertThat(refused.httpStatus()).isEqualTo(403);
    assertThat(refused.detail()).doesNotContain(SECRET);
    Stored.assertAccepted(accepted);
    Stored.assertInAllLevels(target(), ROWS.count());
  }

  @ParameterizedTest
  @EnumSource
  void anUnknownUserIsRefused(Way way) throws Exception {
    // The server does not tell whether it was the name or the password.
    Stored.assertRefused(way.as("nobody", SECRET).send(request("nobody")), 516);
  }

  /**
   * The views run as who made them, which is the default since 24.2, so the job's user needs no
   * right on what they write.
   */
  @ParameterizedTest
  @EnumSource
  void insertOnHttpLogIsAllThatTheJobsUserNeeds(Way way) throws Exception {
    clickHouse
        .server()
        .sql(
            "CREATE USER OR REPLACE sluice IDENTIFIED WITH sha256_password BY '" + SECRET + "'",
            "GRANT INSERT ON logs.http_log TO sluice");

    Stored.assertAccepted(way.as("sluice", SECRET).send(request("least")));

    Stored.assertInAllLevels(target(), ROWS.count());
    assertThat(target().sql("SHOW GRANTS FOR sluice"))
        .isEqualTo("GRANT INSERT ON logs.http_log TO sluice");
  }

  @ParameterizedTest
  @EnumSource
  void aMissingGrantIsRefusedAndTheSameRequestIsStoredWhenItIsThere(Way way) throws Exception {
    clickHouse
        .server()
        .sql("CREATE USER OR REPLACE sluice IDENTIFIED WITH sha256_password BY '" + SECRET + "'");
    ClickHouseTarget job = way.as("sluice", SECRET);
    InsertRequest request = request("grant");

    Outcome refused = job.send(request);
    clickHouse.server().sql("GRANT INSERT ON logs.http_log TO sluice");
    Outcome accepted = job.send(request);

    // ACCESS_DENIED
    Stored.assertRefused(refused, 497);
    Stored.assertAccepted(accepted);
    Stored.assertInAllLevels(target(), ROWS.count());
  }
}
