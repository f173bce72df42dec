package io.sluice.sandbox.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ops.metrics.PrometheusText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server shows to Prometheus, of the real engine. */
class ChdbMetricsIT {
  @TempDir static Path dir;
  private static ChdbProcess server;
  private static int metricsPort;

  @BeforeAll
  static void start() throws Exception {
    metricsPort = ChdbProcess.freePort();
    server =
        ChdbProcess.start(
            dir, "--user=sluice", "--password=secret", "--metrics-port=" + metricsPort);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  /** The names and types of a server's own endpoint, of each of its three sources. */
  @Test
  void showsMetricsToPrometheusWithoutCredentials() throws Exception {
    HttpResponse<String> metrics = server.get(server.url("/metrics", Map.of()));

    assertThat(metrics.statusCode()).isEqualTo(200);
    assertThat(metrics.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
    assertThat(metrics.body())
        .contains("# TYPE ClickHouseProfileEvents_InsertQuery counter")
        .contains("# TYPE ClickHouseMetrics_PartsActive gauge")
        .contains("# TYPE ClickHouseAsyncMetrics_MaxPartCountForPartition gauge");
    assertThat(server.get(URI.create("http://127.0.0.1:" + metricsPort + "/metrics")).body())
        .as("on a port of its own")
        .contains("# TYPE ClickHouseMetrics_PartsActive gauge");
    PrometheusText text = PrometheusText.parse(metrics.body());
    assertThat(text.has("ClickHouseProfileEvents_RejectedInserts")).as("zero is shown").isTrue();
    assertThat(text.sum("ClickHouseAsyncMetrics_DiskAvailable_default"))
        .isPositive()
        .isLessThan(text.sum("ClickHouseAsyncMetrics_DiskTotal_default"));
  }

  @Test
  void theLargestPartitionCountsItsActiveParts() throws Exception {
    store("CREATE TABLE parts (a UInt8) ENGINE = MergeTree ORDER BY a PARTITION BY a % 2");
    store("SYSTEM STOP MERGES parts");
    for (int part = 0; part < 3; part++) {
      store("INSERT INTO parts VALUES (2)");
    }
    store("INSERT INTO parts VALUES (1)");

    String body = server.get(server.url("/metrics", Map.of())).body();

    assertThat(PrometheusText.parse(body).sum("ClickHouseAsyncMetrics_MaxPartCountForPartition"))
        .isEqualTo(3);
  }

  private static void store(String statement) throws IOException {
    URI url = server.url("/", Map.of("user", "sluice", "password", "secret"));
    assertThat(server.post(url, statement.getBytes(StandardCharsets.UTF_8)).statusCode())
        .isEqualTo(200);
  }
}
