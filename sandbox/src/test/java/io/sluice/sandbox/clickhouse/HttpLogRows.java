package io.sluice.sandbox.clickhouse;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Rows of http_log, encoded by the engine itself. */
final class HttpLogRows {
  private HttpLogRows() {}

  /**
   * Rows of three days, 63 days apart and hence in three partitions of every table, with
   * LowCardinality columns as plain strings, as the job sends them.
   */
  static byte[] encode(ChdbProcess server, long first, long count, String format)
      throws IOException {
    return server.select(
        """
        SELECT
            toDateTime(%d + number %% 3 * 63 * 86400 + intDiv(number, 3) %% 86400, 'UTC') AS timestamp,
            toUInt64(number %% 97) AS resource_id,
            number AS bytes_sent,
            toUInt64(number %% 1000) AS request_time_milli,
            toUInt16(200 + number %% 5) AS response_status,
            ['HIT', 'MISS', 'BYPASS'][number %% 3 + 1] AS cache_status,
            'GET' AS method,
            concat('10.0.', toString(number %% 200), '.X') AS remote_addr,
            concat('https://example.org/', toString(number)) AS url
        FROM numbers(%d, %d)
        """
            .formatted(Today.START.getEpochSecond(), first, count),
        format);
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static byte[] zstd(byte[] data) {
    return Zstd.compress(data, 1);
  }
}
