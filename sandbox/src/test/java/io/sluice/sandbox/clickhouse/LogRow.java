package io.sluice.sandbox.clickhouse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sluice.clickhouse.block.Block;
import io.sluice.clickhouse.block.BlockBuilder;
import io.sluice.clickhouse.block.BlockSettings;
import io.sluice.clickhouse.block.Utf8Slice;
import io.sluice.httplog.HttpLogRecord;
import io.sluice.httplog.HttpLogTable;
import java.util.ArrayList;
import java.util.List;

/**
 * A row of http_log, to be stored and to be compared with.
 *
 * <p>Texts have one char per byte, 0 to 255, whatever the bytes mean. The 64-bit numbers are
 * unsigned.
 *
 * @param second since 1970, 0 to 2^32 - 1
 */
record LogRow(
    long second,
    long resourceId,
    long bytesSent,
    long requestTimeMilli,
    int responseStatus,
    String cacheStatus,
    String method,
    String remoteAddr,
    String url) {

  /** The rows in blocks, as the job makes them. */
  static List<Block> blocks(List<LogRow> rows) {
    List<Block> blocks = new ArrayList<>();
    HttpLogRecord record = new HttpLogRecord();
    try (BlockBuilder<HttpLogRecord> builder =
        new BlockBuilder<>(HttpLogTable.httpLog("logs", "http_log"), BlockSettings.DEFAULT)) {
      for (LogRow row : rows) {
        row.fill(record);
        builder.append(record);
      }
      builder.build(blocks::add);
    }
    return blocks;
  }

  private void fill(HttpLogRecord record) {
    record.timestampEpochMilli = second * 1_000;
    record.arrivalEpochMilli = record.timestampEpochMilli;
    record.resourceId = resourceId;
    record.bytesSent = bytesSent;
    record.requestTimeMilli = requestTimeMilli;
    record.responseStatus = responseStatus;
    set(record.cacheStatus, cacheStatus);
    set(record.method, method);
    set(record.remoteAddr, remoteAddr);
    set(record.url, url);
  }

  private static void set(Utf8Slice slice, String text) {
    slice.set(text.getBytes(ISO_8859_1), 0, text.length());
  }
}
