package io.sluice.clickhouse.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.http.Endpoint;
import io.sluice.clickhouse.http.InsertStatement;
import io.sluice.clickhouse.http.Timeouts;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SinkSettingsTest {
  private static final long MIB = 1L << 20;

  @Test
  void lanesShareAFifthOfTheHeap() {
    assertThat(settings(1, SinkSettings.WHAT_FITS).bufferBytes(1000 * MIB)).isEqualTo(200 * MIB);
    assertThat(settings(4, SinkSettings.WHAT_FITS).bufferBytes(1000 * MIB)).isEqualTo(50 * MIB);
    assertThat(settings(4, 400 * MIB).bufferBytes(1000 * MIB)).isEqualTo(50 * MIB);
  }

  @Test
  void aSmallerLimitIsKept() {
    assertThat(settings(1, 3 * MIB).bufferBytes(1000 * MIB)).isEqualTo(3 * MIB);
  }

  @Test
  void ofALargeHeapALaneTakesMoreThanAGibibyteOnlyWhenAsked() {
    assertThat(settings(1, SinkSettings.WHAT_FITS).bufferBytes(100_000 * MIB))
        .isEqualTo(1024 * MIB);
    assertThat(settings(1, 5000 * MIB).bufferBytes(100_000 * MIB)).isEqualTo(5000 * MIB);
  }

  @Test
  void aRequestFitsHoweverSmallTheHeap() {
    assertThat(settings(2, SinkSettings.WHAT_FITS).bufferBytes(4 * MIB)).isEqualTo(MIB);
    assertThat(settings(2, 7 * MIB).bufferBytes(4 * MIB)).isEqualTo(MIB);
  }

  private static SinkSettings settings(int lanes, long maxBufferBytes) {
    Endpoint endpoint = new Endpoint(URI.create("http://127.0.0.1:8124"), "", "", Timeouts.DEFAULT);
    return new SinkSettings(
        Collections.nCopies(lanes, endpoint),
        new InsertStatement("logs", "http_log", List.of("url")),
        Duration.ofMinutes(1),
        MIB,
        maxBufferBytes);
  }
}
