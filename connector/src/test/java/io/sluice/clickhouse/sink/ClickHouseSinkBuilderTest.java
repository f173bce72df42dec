package io.sluice.clickhouse.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sluice.clickhouse.block.Column;
import io.sluice.clickhouse.http.Authorities;
import io.sluice.clickhouse.http.Endpoint;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;

class ClickHouseSinkBuilderTest {
  private static ClickHouseSinkBuilder<Long> complete() {
    return ClickHouseSink.<Long>builder()
        .table("db", "numbers", List.of(Column.uint64("number", n -> n)), n -> 0)
        .endpoints(List.of(URI.create("http://a:8123"), URI.create("http://b:8123")));
  }

  @Test
  void needsATableAndEndpoints() {
    ClickHouseSink<Long> sink = complete().build();

    assertThat(sink.lanes()).isEqualTo(2);
    assertThat(sink.table().qualifiedName()).isEqualTo("db.numbers");
    assertThat(sink.settings().statement().sql())
        .isEqualTo("INSERT INTO `db`.`numbers` (`number`) FORMAT Native");
    assertThat(sink.settings().statement().settings()).isEmpty();
    assertThat(sink.settings().window()).isEqualTo(Duration.ofSeconds(1));
    assertThat(sink.settings().maxRequestBytes()).isEqualTo(8 << 20);
    assertThat(sink.settings().maxBufferBytes()).isEqualTo(SinkSettings.WHAT_FITS);
    assertThat(sink.blocks().maxBlockBytes()).isEqualTo(256 << 10);
    assertThat(sink.blocks().zstdLevel()).isEqualTo(3);
    Endpoint first = sink.settings().lanes().get(0);
    assertThat(first.user()).isEmpty();
    assertThat(first.password()).isEmpty();
    assertThat(first.authorities()).isEqualTo(Authorities.OF_THE_JVM);
    assertThat(first.timeouts().total()).isEqualTo(Duration.ofMinutes(3));
  }

  @Test
  void takesWhatIsSaid() {
    ClickHouseSink<Long> sink =
        complete()
            .credentials("writer", "secret")
            .window(Duration.ofMinutes(1))
            .requestTimeout(Duration.ofSeconds(7))
            .maxRequestSize(new MemorySize(128 << 10))
            .maxBufferSize(MemorySize.ofMebiBytes(64))
            .zstdLevel(9)
            .insertSettings(Map.of("optimize_on_insert", "0"))
            .build();

    assertThat(sink.settings().statement().settings()).isEqualTo(Map.of("optimize_on_insert", "0"));
    assertThat(sink.settings().window()).isEqualTo(Duration.ofMinutes(1));
    assertThat(sink.settings().maxRequestBytes()).isEqualTo(128 << 10);
    assertThat(sink.settings().maxBufferBytes()).isEqualTo(64 << 20);
    assertThat(sink.blocks().maxBlockBytes()).as("a quarter of a request").isEqualTo(32 << 10);
    assertThat(sink.blocks().zstdLevel()).isEqualTo(9);
    assertThat(sink.settings().lanes())
        .allSatisfy(
            lane -> {
              assertThat(lane.user()).isEqualTo("writer");
              assertThat(lane.password()).isEqualTo("secret");
              assertThat(lane.timeouts().total()).isEqualTo(Duration.ofSeconds(7));
            });
  }

  @Test
  void namesWhatIsMissingOrWrong() {
    assertWrong(
        ClickHouseSink.<Long>builder().endpoints(List.of(URI.create("http://a"))), "table: none");
    assertWrong(complete().endpoints(List.of()), "endpoints: none");
    assertWrong(
        complete().endpoints(List.of(URI.create("http://a"), URI.create("HTTP://A:80/"))),
        "endpoints: one is there twice");
    assertWrong(
        complete().endpoints(List.of(URI.create("ftp://a"))), "endpoints: one does not begin");
    assertWrong(complete().window(Duration.ofMillis(-1)), "window: ");
    assertWrong(complete().window(Duration.ZERO), "window: ");
    assertWrong(complete().window(Duration.ofDays(2)), "window: ");
    assertWrong(complete().maxRequestSize(new MemorySize(1_000)), "maxRequestSize: ");
    assertWrong(complete().maxRequestSize(MemorySize.parse("2g")), "maxRequestSize: ");
    assertWrong(complete().maxBufferSize(MemorySize.ofMebiBytes(1)), "maxBufferSize: ");
    assertWrong(complete().zstdLevel(20), "zstdLevel: ");
    assertWrong(complete().requestTimeout(Duration.ofDays(1)), "requestTimeout: ");
    assertWrong(complete().requestTimeout(Duration.ZERO), "requestTimeout: ");
    assertWrong(complete().credentials("writer", "secret "), "credentials: ");
    assertWrong(complete().credentials(null, ""), "credentials: ");
    assertWrong(complete().insertSettings(Map.of("insert_deduplicate", "0")), "insertSettings: ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> complete().trustedCertificates("no certificate"))
        .withMessageStartingWith("trustedCertificates: ");
  }

  private static void assertWrong(ClickHouseSinkBuilder<Long> builder, String what) {
    assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageStartingWith(what);
  }
}
