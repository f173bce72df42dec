package io.sluice.sandbox.clickhouse;

import static io.sluice.sandbox.clickhouse.HttpLogRows.concat;
import static io.sluice.sandbox.clickhouse.HttpLogRows.encode;
import static io.sluice.sandbox.clickhouse.HttpLogRows.zstd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.ops.sql.ClickHouseSql;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inserts into the project's own tables, in the real engine. */
class ChdbInsertIT {
  private static final Path SQL = Path.of("..", "sql");
  @TempDir static Path dir;
  private static ChdbProcess server;
  private static ClickHouseTarget target;

  @BeforeAll
  static void start() throws Exception {
    server = ChdbProcess.start(dir);
    target = new ClickHouseTarget(url(), "default", "", "logs");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @BeforeEach
  void emptyTables() throws Exception {
    server.sql("DROP DATABASE IF EXISTS logs");
    createTables();
  }

  @Test
  void migrationsCanBeAppliedAgainOverStoredRows() throws Exception {
    assertAccepted(insert("Native", "t", encode(server, 0, 10, "Native")));

    createTables();

    assertStored(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Native", "RowBinary", "JSONEachRow", "TabSeparated"})
  void storesEveryValueOfAFormat(String format) throws Exception {
    assertAccepted(insert(format, "t", encode(server, 0, 1000, format)));

    assertThat(
            server.sql(
                "SELECT count(), sum(bytes_sent), uniqExact(url), countIf(cache_status = 'HIT'),"
                    + " min(timestamp) = toDateTime(%d) FROM logs.http_log"
                        .formatted(Today.START.getEpochSecond())))
        .isEqualTo("1000\t499500\t1000\t334\t1");
    assertStored(1000);
  }

  @Test
  void takesConcatenatedNativeBlocksInConcatenatedZstdFramesAsOneBlockPerPartition()
      throws Exception {
    byte[] body = new byte[0];
    for (int i = 0; i < 5; i++) {
      body = concat(body, zstd(encode(server, i * 300_000L, 300_000, "Native")));
    }

    assertAccepted(insertZstd("t", body));

    assertStored(1500000);
    assertThat(
            server.sql(
                "SELECT uniqExact(table), count() FROM (SELECT table, partition, count() AS parts"
                    + " FROM system.parts WHERE database = 'logs' AND level = 0"
                    + " GROUP BY table, partition) WHERE parts = 1"))
        .isEqualTo("8\t24");
  }

  @Test
  void takesGzipOfSeveralMembers() throws Exception {
    byte[] body =
        concat(gzip(encode(server, 0, 10, "RowBinary")), gzip(encode(server, 10, 10, "RowBinary")));

    assertAccepted(
        server.post(
            server.insertUrl("logs.http_log", "RowBinary", "t"), body, "Content-Encoding", "gzip"));

    assertStored(20);
  }

  @Test
  void dropsARepeatUnderTheSameTokenInTableAndTotals() throws Exception {
    byte[] body = zstd(encode(server, 0, 5000, "Native"));

    assertAccepted(insertZstd("same", body));
    assertAccepted(insertZstd("same", body));

    assertStored(5000);
  }

  @Test
  void keepsEqualRowsUnderDifferentTokensInTableAndTotals() throws Exception {
    byte[] body = zstd(encode(server, 0, 5000, "Native"));

    assertAccepted(insertZstd("one", body));
    assertAccepted(insertZstd("two", body));

    assertStored(10000);
  }

  @Test
  void remembersTokensAcrossKillAndStart() throws Exception {
    byte[] body = zstd(encode(server, 0, 5000, "Native"));
    assertAccepted(insertZstd("same", body));

    server.kill();
    server.start();
    assertAccepted(insertZstd("same", body));

    assertStored(5000);
  }

  @Test
  void neitherLosesNorDoublesWhenKilledInTheMiddleOfAnInsert() throws Exception {
    byte[] body = zstd(encode(server, 0, 500_000, "Native"));
    URI url = server.insertUrl("logs.http_log", "Native", "same");
    long startedWholeNanos = System.nanoTime();
    assertAccepted(server.post(url, body, "Content-Encoding", "zstd"));
    long wholeNanos = System.nanoTime() - startedWholeNanos;
    // From before anything is stored until after all is.
    for (int round = 1; round <= 6; round++) {
      server.sql("TRUNCATE TABLES FROM logs LIKE 'http_log%'");
      URI roundUrl = URI.create(url.toString().replace("=same", "=round" + round));
      Thread sender =
          new Thread(
              () -> {
                try {
                  server.post(roundUrl, body, "Content-Encoding", "zstd");
                } catch (IOException expectedWhenKilled) {
                  // The sender does not know what became of it, and sends again.
                }
              });
      long startedNanos = System.nanoTime();
      long killAfterNanos = wholeNanos * round / 5;
      sender.start();
      await().until(() -> System.nanoTime() - startedNanos >= killAfterNanos);
      server.kill();
      sender.join();
      server.start();

      assertAccepted(server.post(roundUrl, body, "Content-Encoding", "zstd"));

      assertStored(500000);
    }
  }

  @Test
  void appliesNothingOfABodyThatBreaksOffBetweenTwoBlocks() throws Exception {
    byte[] wholeBlocks = encode(server, 0, 100_000, "Native");
    sendTruncated(wholeBlocks, wholeBlocks.length + 1000, "");

    sendTruncated(zstd(wholeBlocks), zstd(wholeBlocks).length + 1000, "Content-Encoding: zstd\r\n");

    assertStored(0);
    assertAccepted(insert("Native", "t", wholeBlocks));
    assertStored(100000);
  }

  /** Sends less than announced and hangs up; returns once the server has let go. */
  private static void sendTruncated(byte[] body, int announcedBytes, String header)
      throws IOException {
    URI url = server.insertUrl("logs.http_log", "Native", "t");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST "
                  + url.getRawPath()
                  + "?"
                  + url.getRawQuery()
                  + " HTTP/1.1\r\nHost: x\r\n"
                  + header
                  + "Content-Length: "
                  + announcedBytes
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.write(body);
      socket.shutdownOutput();
      assertThat(socket.getInputStream().readAllBytes()).isEmpty();
    }
  }

  @Test
  void refusesATruncatedBlock() throws Exception {
    byte[] block = encode(server, 0, 100, "Native");

    HttpResponse<String> response = insert("Native", "t", Arrays.copyOf(block, block.length - 7));

    assertThat(response.headers().firstValue("X-ClickHouse-Exception-Code")).hasValue("33");
    assertStored(0);
  }

  @Test
  void refusesATruncatedZstdFrame() throws Exception {
    byte[] block = encode(server, 0, 1000, "Native");
    byte[] frames = concat(zstd(block), zstd(block));

    HttpResponse<String> response = insertZstd("t", Arrays.copyOf(frames, frames.length - 7));

    assertThat(response.headers().firstValue("X-ClickHouse-Exception-Code")).hasValue("561");
    assertStored(0);
  }

  @Test
  void readsTheWholeBodyBeforeItRefuses() throws Exception {
    byte[] large = new byte[20 << 20];

    HttpResponse<String> response =
        server.post(server.insertUrl("logs.nowhere", "Native", "t"), large);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("X-ClickHouse-Exception-Code")).hasValue("60");
  }

  private static HttpResponse<String> insert(String format, String token, byte[] body)
      throws IOException {
    return server.post(server.insertUrl("logs.http_log", format, token), body);
  }

  private static HttpResponse<String> insertZstd(String token, byte[] body) throws IOException {
    return server.post(
        server.insertUrl("logs.http_log", "Native", token), body, "Content-Encoding", "zstd");
  }

  private static void createTables() {
    SqlMigrations.apply(SQL, new ClickHouseSql("http://127.0.0.1:" + server.port()));
  }

  private static URI url() {
    return URI.create("http://127.0.0.1:" + server.port() + "/");
  }

  private static void assertStored(long rows) throws IOException {
    ClickHouseTarget.Contents contents = target.contents();
    assertThat(contents.rows()).isEqualTo(rows);
    assertThat(contents.differing()).as("differing of %s", contents).isEmpty();
  }

  private static void assertAccepted(HttpResponse<String> response) {
    assertThat(response.body()).isEmpty();
    assertThat(response.statusCode()).isEqualTo(200);
  }

  private static byte[] gzip(byte[] data) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(data);
    }
    return out.toByteArray();
  }
}
