package io.sluice.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.http.Outcome;
import io.sluice.clickhouse.http.Outcome.Kind;
import io.sluice.sandbox.clickhouse.ClickHouseTarget;
import io.sluice.sandbox.clickhouse.TablesDdl;
import io.sluice.sandbox.clickhouse.ViewedRows;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code https://} endpoints whose certificate is signed by an authority that only the operator
 * knows.
 */
class TlsIT {
  private static final ViewedRows ROWS = new ViewedRows("/tls/", 5_000, 1);
  private static final String SERVER_TLS =
      """
      <clickhouse>
          <https_port>%d</https_port>
          <openSSL>
              <server>
                  <certificateFile>/etc/clickhouse-server/server.crt</certificateFile>
                  <privateKeyFile>/etc/clickhouse-server/server.key</privateKeyFile>
                  <verificationMode>none</verificationMode>
                  <loadDefaultCAFile>false</loadDefaultCAFile>
              </server>
          </openSSL>
      </clickhouse>
      """
          .formatted(ClickHouseServer.HTTPS_PORT);

  @TempDir private static Path folder;
  private static PrivateCa ca;
  @AutoClose private static ProxiedClickHouse clickHouse;
  private static Nginx proxy;
  private static Nginx proxyOfAnotherName;

  /** Who ends the TLS. */
  enum End {
    SERVER,
    PROXY;

    URI url() {
      return this == SERVER ? clickHouse.server().httpsUrl() : proxy.url();
    }
  }

  @BeforeAll
  static void start() throws Exception {
    String host = Docker.host();
    ca = new PrivateCa(folder);
    PrivateCa.Certificate certificate = ca.certificateFor(host);
    clickHouse =
        new ProxiedClickHouse(
            new ClickHouseServer()
                .with("config.d/tls.xml", SERVER_TLS)
                .with("server.crt", certificate.text())
                .with("server.key", certificate.key())
                .withHttps());
    proxy = clickHouse.proxyWithTls("1000r/s", certificate);
    proxyOfAnotherName = clickHouse.proxyWithTls("1000r/s", ca.certificateFor("elsewhere.example"));
  }

  @BeforeEach
  void emptyTables() throws Exception {
    clickHouse.server().target().createTablesAnew(TablesDdl.asTheyAre());
  }

  private static Outcome sendTo(URI url) throws Exception {
    ClickHouseTarget target = new ClickHouseTarget(url, "default", "", "logs");
    return target.send(target.request("tls", ROWS.blocks()));
  }

  private static Outcome sendTrustingTheCa(URI url) throws Exception {
    TrustStore trusted = TrustStore.of(ca);
    try {
      return sendTo(url);
    } finally {
      trusted.close();
    }
  }

  private static void assertStored(int rows) throws Exception {
    Stored.assertInAllLevels(clickHouse.server().target(), rows);
  }

  @ParameterizedTest
  @EnumSource
  void anAuthorityInTheTrustStoreIsTrusted(End end) throws Exception {
    Stored.assertAccepted(sendTrustingTheCa(end.url()));

    assertStored(ROWS.count());
  }

  @ParameterizedTest
  @EnumSource
  void anUnknownAuthorityIsRefusedBeforeARowIsSentAndTheRequestPassesOnceItIsTrusted(End end)
      throws Exception {
    Outcome refused = sendTo(end.url());

    assertThat(refused.kind()).as(refused.detail()).isEqualTo(Kind.REFUSED);
    assertThat(refused.mayBeApplied()).isFalse();
    assertThat(refused.detail()).startsWith("certificate not trusted");
    assertStored(0);
    Stored.assertAccepted(sendTrustingTheCa(end.url()));
    assertStored(ROWS.count());
  }

  @Test
  void aCertificateOfAnotherHostIsRefusedThoughItsAuthorityIsTrusted() throws Exception {
    Outcome refused = sendTrustingTheCa(proxyOfAnotherName.url());

    assertThat(refused.kind()).as(refused.detail()).isEqualTo(Kind.REFUSED);
    assertThat(refused.detail()).startsWith("certificate not trusted").contains(Docker.host());
    assertStored(0);
  }
}
