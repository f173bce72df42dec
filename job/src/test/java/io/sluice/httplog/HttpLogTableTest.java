package io.sluice.httplog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.sluice.clickhouse.block.Block;
import io.sluice.clickhouse.block.BlockBuilder;
import io.sluice.clickhouse.block.BlockSettings;
import io.sluice.clickhouse.block.NativeBlockReader;
import io.sluice.clickhouse.block.Table;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class HttpLogTableTest {
  private final HttpLogRecord record = new HttpLogRecord();

  HttpLogTableTest() {
    record.arrivalEpochMilli = 1_790_000_000_123L;
    record.timestampEpochMilli = 1_789_999_999_999L;
    record.resourceId = -1;
    record.bytesSent = 4_711;
    record.requestTimeMilli = 12;
    record.responseStatus = 65_535;
    record.cacheStatus.set("HIT");
    record.method.set("GET");
    record.remoteAddr.set("1.2.3.X");
    record.url.set("/a?b=c");
  }

  @Test
  void sendsEachFieldInItsColumn() {
    Block block = encode(HttpLogTable.httpLog("logs", "http_log"));
    assertThat(NativeBlockReader.readFrame(block.frame()).values())
        .containsExactly(
            entry("timestamp", List.of(1_789_999_999L)),
            entry("resource_id", List.of(-1L)),
            entry("bytes_sent", List.of(4_711L)),
            entry("request_time_milli", List.of(12L)),
            entry("response_status", List.of(65_535L)),
            entry("cache_status", List.of("HIT")),
            entry("method", List.of("GET")),
            entry("remote_addr", List.of("1.2.3.X")),
            entry("url", List.of("/a?b=c")));
  }

  @Test
  void measuresLatencyFromTheKafkaTimestamp() {
    Block block = encode(HttpLogTable.httpLog("logs", "http_log"));
    assertThat(block.arrivals().oldestEpochMilli()).isEqualTo(1_790_000_000_123L);
  }

  @Test
  void travelsInsideOperators() throws Exception {
    Table<HttpLogRecord> arrived =
        InstantiationUtil.clone(HttpLogTable.httpLog("logs", "http_log"));
    assertThat(arrived.qualifiedName()).isEqualTo("logs.http_log");
    assertThat(NativeBlockReader.readFrame(encode(arrived).frame()).types())
        .isEqualTo(
            NativeBlockReader.readFrame(encode(HttpLogTable.httpLog("logs", "http_log")).frame())
                .types());
  }

  private Block encode(Table<HttpLogRecord> table) {
    List<Block> blocks = new ArrayList<>();
    try (BlockBuilder<HttpLogRecord> builder = new BlockBuilder<>(table, BlockSettings.DEFAULT)) {
      builder.append(record);
      builder.build(blocks::add);
    }
    return blocks.get(0);
  }
}
