package io.sluice.sandbox.clickhouse;

import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Skewed traffic that ClickHouse makes up itself: resources, networks (a fifth of them IPv6) and
 * documents by a log-uniform law, statuses and cache statuses by fixed shares. Stored as if one
 * request came every 62.5 s.
 *
 * @param seed of the random numbers; another seed is another stream of the same law
 */
record GeneratedTraffic(long seed, LocalDate firstDay, int days, long rowsPerDay) {
  /** Inserts all of it into {@code logs.http_log}. */
  String insert() {
    return """
    INSERT INTO logs.http_log (timestamp, resource_id, bytes_sent, request_time_milli,
        response_status, cache_status, method, remote_addr, url, minutes_late)
    WITH (k) -> cityHash64(number, %1$d, k) / 18446744073709551616. AS u,
      toUInt32(exp(u(1) * log(5000))) AS resource,
      toUInt32(exp(u(2) * log(201000))) AS client,
      toUInt32(exp(u(3) * log(10000))) AS document,
      cityHash64(client, 7) AS bits,
      toDateTime(%2$d + toUInt32(number * 86400 / %3$d), 'UTC') AS time
    SELECT time, 1000 + resource, toUInt64(200 * exp(u(4) * 8)), toUInt64(exp(u(5) * 7)),
      multiIf(u(6) < 0.8, 200, u(6) < 0.88, 304, u(6) < 0.92, 206, u(6) < 0.95, 404,
        u(6) < 0.965, 301, u(6) < 0.98, 302, u(6) < 0.988, 403, u(6) < 0.994, 500, 502),
      multiIf(u(7) < 0.7, 'HIT', u(7) < 0.88, 'MISS', u(7) < 0.93, 'EXPIRED', u(7) < 0.96,
        'BYPASS', u(7) < 0.98, 'STALE', u(7) < 0.99, 'REVALIDATED', 'UPDATING'),
      multiIf(u(8) < 0.93, 'GET', u(8) < 0.97, 'POST', 'HEAD'),
      client %% 5 = 0
        ? concat('2a', lower(hex(toUInt8(bits))), ':',
            lower(hex(toUInt16(bitShiftRight(bits, 16)))), ':',
            lower(hex(toUInt16(bitShiftRight(bits, 32)))), '::X')
        : concat(toString(1 + bits %% 223), '.', toString(bitShiftRight(bits, 8) %% 256), '.',
            toString(bitShiftRight(bits, 16) %% 256), '.X'),
      concat('/media/', lower(hex(cityHash64(resource, document))), '/', toString(document)),
      intDiv(toUInt32(ceil((toUInt32(time) + 10) / 62.5) * 62.5) - toUInt32(time), 60)
    FROM numbers(%4$d)
    SETTINGS insert_allow_materialized_columns = 1, optimize_on_insert = 0
    """
        .formatted(
            seed,
            firstDay.atStartOfDay().toEpochSecond(ZoneOffset.UTC),
            rowsPerDay,
            days * rowsPerDay);
  }

  double rowsPerSecond() {
    return rowsPerDay / 86_400.0;
  }
}
