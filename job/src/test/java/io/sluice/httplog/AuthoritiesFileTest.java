package io.sluice.httplog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.clickhouse.http.Authorities;
import io.sluice.clickhouse.http.Endpoint;
import io.sluice.clickhouse.http.OwnAuthority;
import io.sluice.feed.settings.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthoritiesFileTest {
  @TempDir Path folder;

  private static HttpLogConfig read(String endpoints, String file) {
    return HttpLogConfig.read(
        new String[] {
          "--kafka.brokers=k:9092",
          "--clickhouse.endpoints=" + endpoints,
          "--clickhouse.tls.ca=" + file
        },
        Map.of());
  }

  @Test
  void takesTheCertificatesAlongForEachEndpoint() throws Exception {
    String pem = new OwnAuthority(folder, "dns:proxy").pem();
    Path file = Files.writeString(folder.resolve("ca.pem"), pem);

    HttpLogConfig config = read("https://proxy:8443,https://proxy:8444", file.toString());

    assertThat(config.sink().settings().lanes())
        .extracting(Endpoint::authorities)
        .containsOnly(new Authorities(pem));
  }

  @Test
  void leavesItToTheJvmWhereNoneIsNamed() {
    HttpLogConfig config =
        HttpLogConfig.read(
            new String[] {"--kafka.brokers=k:9092", "--clickhouse.endpoints=https://proxy:8443"},
            Map.of());

    assertThat(config.sink().settings().lanes())
        .extracting(Endpoint::authorities)
        .containsExactly(Authorities.OF_THE_JVM);
  }

  @Test
  void saysInALineWhatItCannotUse() throws Exception {
    OwnAuthority own = new OwnAuthority(folder, "dns:proxy");
    Path key = Files.writeString(folder.resolve("key.pem"), own.pem() + own.serverKey());
    Path empty = Files.writeString(folder.resolve("empty.pem"), "\n");
    Path good = Files.writeString(folder.resolve("ca.pem"), own.pem());

    assertWrong("https://proxy", folder.resolve("none.pem"), "names a file that cannot be read;");
    assertWrong("https://proxy", folder, "names a file that cannot be read;");
    assertWrong("https://proxy", key, "names a file that holds a private key;");
    assertWrong("https://proxy", empty, "names a file that is empty;");
    assertWrong("http://proxy", good, "is set, but no endpoint begins with https://;");
  }

  private static void assertWrong(String endpoints, Path file, String what) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> read(endpoints, file.toString()))
        .withMessageStartingWith("--clickhouse.tls.ca " + what)
        .withMessageNotContaining("PRIVATE KEY");
  }
}
