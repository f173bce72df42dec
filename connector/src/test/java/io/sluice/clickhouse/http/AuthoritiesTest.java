package io.sluice.clickhouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sluice.clickhouse.http.Outcome.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** Certificates, at a real nginx that ends the TLS. */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class AuthoritiesTest {
  private static final InsertRequest REQUEST = Requests.ofFrames(10, 100_000);

  private static OwnAuthority own;

  @TempDir Path directory;

  @BeforeAll
  static void createAuthority(@TempDir Path folder) throws Exception {
    own = new OwnAuthority(folder, "ip:127.0.0.1");
  }

  @Test
  void storesThroughAnEndpointWhoseAuthorityIsNamed() throws Exception {
    try (ScriptedServer clickHouse = new ScriptedServer(ScriptedServer.ACCEPT);
        NginxProxy nginx = NginxProxy.withTls(directory, clickHouse.port(), own)) {
      Outcome stored = insert(nginx.url(), new Authorities(own.pem()));
      Outcome early = insert(nginx.url(), new Authorities(own.pem()));

      assertThat(stored.kind()).as(stored.detail()).isEqualTo(Kind.ACCEPTED);
      assertThat(clickHouse.ended().get(0).body()).isEqualTo(Requests.bodyOf(REQUEST));
      assertThat(early.kind()).as(early.detail()).isEqualTo(Kind.TOO_EARLY);
      assertThat(early.mayBeApplied()).isFalse();
    }
  }

  @Test
  void refusesAnAuthorityThatIsNotNamedBeforeARowIsSent() throws Exception {
    try (ScriptedServer clickHouse = new ScriptedServer(ScriptedServer.ACCEPT);
        NginxProxy nginx = NginxProxy.withTls(directory, clickHouse.port(), own)) {
      OwnAuthority other = new OwnAuthority(directory, "ip:127.0.0.1");

      for (Authorities wrong :
          new Authorities[] {Authorities.OF_THE_JVM, new Authorities(other.pem())}) {
        Outcome outcome = insert(nginx.url(), wrong);

        assertThat(outcome.kind()).as(outcome.detail()).isEqualTo(Kind.REFUSED);
        assertThat(outcome.mayBeApplied()).isFalse();
        assertThat(outcome.detail()).startsWith("certificate not trusted");
      }
      assertThat(clickHouse.ended()).isEmpty();
    }
  }

  @Test
  void refusesACertificateOfAnotherHost() throws Exception {
    OwnAuthority elsewhere = new OwnAuthority(directory, "dns:elsewhere.example");
    try (ScriptedServer clickHouse = new ScriptedServer(ScriptedServer.ACCEPT);
        NginxProxy nginx = NginxProxy.withTls(directory, clickHouse.port(), elsewhere)) {
      Outcome outcome = insert(nginx.url(), new Authorities(elsewhere.pem()));

      assertThat(outcome.kind()).as(outcome.detail()).isEqualTo(Kind.REFUSED);
      assertThat(outcome.detail()).startsWith("certificate not trusted");
    }
  }

  @Test
  void takesSeveralCertificatesAndTravelsWithTheJob() throws Exception {
    OwnAuthority other = new OwnAuthority(directory, "ip:127.0.0.1");
    Authorities both = new Authorities(other.pem() + "# and\n" + own.pem());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(both);
    }
    Authorities arrived =
        (Authorities)
            new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

    try (ScriptedServer clickHouse = new ScriptedServer(ScriptedServer.ACCEPT);
        NginxProxy nginx = NginxProxy.withTls(directory, clickHouse.port(), own)) {
      assertThat(insert(nginx.url(), arrived).kind()).isEqualTo(Kind.ACCEPTED);
    }
  }

  @Test
  void saysWhatItCannotUse() throws Exception {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Authorities(own.pem() + own.serverKey()))
        .withMessage("holds a private key");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Authorities("no certificate at all"))
        .withMessageStartingWith("holds ");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Authorities("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"))
        .withMessage("holds something else than certificates in PEM");
  }

  private static Outcome insert(URI url, Authorities authorities) {
    try (ClickHouseClient client =
        new ClickHouseClient(
            new Endpoint(url, "writer", "s3cret", Requests.PATIENT, authorities))) {
      return client.insert(REQUEST);
    }
  }
}
