package io.sluice.sandbox.clickhouse;

import io.sluice.clickhouse.block.Block;
import io.sluice.clickhouse.block.BlockBuilder;
import io.sluice.clickhouse.block.BlockSettings;
import io.sluice.httplog.HttpLogRecord;
import io.sluice.httplog.HttpLogTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of http_log in blocks as the job makes them. Two of the same size differ in their urls
 * alone, which no view reads: what they make of both is the same.
 *
 * <p>The rows begin with {@link Today}.
 *
 * @param url how every url begins
 * @param partitions over how many partitions, of http_log and of every table of totals, the rows
 *     are spread
 */
public record ViewedRows(String url, int count, int partitions) {
  /** Seven times in other partitions: nine weeks, whose number modulo 8 is one more each time. */
  private static final Duration BETWEEN_PARTITIONS = Duration.ofDays(63);

  private static final int SECONDS = 600;
  private static final BlockSettings SMALL = new BlockSettings(4 << 10, 64 << 10, 3);

  /** Blocks as large as at the job's default settings. */
  public List<Block> blocks() {
    return blocks(BlockSettings.DEFAULT);
  }

  /** The same rows in more blocks. */
  public List<Block> smallBlocks() {
    return blocks(SMALL);
  }

  private List<Block> blocks(BlockSettings settings) {
    List<Block> blocks = new ArrayList<>();
    HttpLogRecord row = new HttpLogRecord();
    try (BlockBuilder<HttpLogRecord> builder =
        new BlockBuilder<>(HttpLogTable.httpLog("logs", "http_log"), settings)) {
      for (int i = 0; i < count; i++) {
        fill(row, i);
        builder.append(row);
        if (builder.isFull()) {
          builder.build(blocks::add);
        }
      }
      builder.build(blocks::add);
    }
    return blocks;
  }

  private void fill(HttpLogRecord row, int i) {
    row.timestampEpochMilli =
        Today.START
            .plus(BETWEEN_PARTITIONS.multipliedBy(i % partitions))
            .plusSeconds(i / partitions % SECONDS)
            .toEpochMilli();
    row.arrivalEpochMilli = row.timestampEpochMilli;
    row.resourceId = i % 97;
    row.bytesSent = i % 1_000;
    row.requestTimeMilli = i % 31;
    row.responseStatus = 200 + i % 5;
    row.cacheStatus.set(i % 3 == 0 ? "MISS" : "HIT");
    row.method.set("GET");
    row.remoteAddr.set("10.0." + i % 200 + ".X");
    row.url.set(url + i);
  }
}
