-- See ../003_http_log.sql for columns, order and retention.
--
-- replicated_deduplication_window and _seconds: how many blocks, and for how long, Keeper remembers the
-- token of an inserted block; the default is an hour. 2419200 s are four weeks.
--
-- logs.http_log is what the job inserts into, on any server. It cuts each block by resource, and sends
-- every shard its rows under the token and with the settings of the request; docs/operations/scaling.md says
-- why that keeps exactly once, and what must not change meanwhile. It needs
-- users.d/sluice.xml, so that the loss of a server is not the loss of rows.
CREATE TABLE IF NOT EXISTS logs_local.http_log ON CLUSTER '{cluster}'
(
    timestamp DateTime('UTC') CODEC(Delta, ZSTD(1)),
    resource_id UInt64 CODEC(Delta, ZSTD(1)),
    bytes_sent UInt64 CODEC(T64, ZSTD(1)),
    request_time_milli UInt64 CODEC(T64, ZSTD(1)),
    response_status UInt16 CODEC(ZSTD(1)),
    cache_status LowCardinality(String) CODEC(ZSTD(1)),
    method LowCardinality(String) CODEC(ZSTD(1)),
    remote_addr String CODEC(ZSTD(1)),
    url String CODEC(ZSTD(1)),
    network UInt64 MATERIALIZED networkOfAddress(remote_addr) CODEC(Delta, ZSTD(1)),
    minutes_late UInt32 MATERIALIZED toUInt32(intDiv(greatest(toInt64(toUnixTimestamp(now())) - toInt64(toUnixTimestamp(timestamp)), 0), 60)) CODEC(T64, ZSTD(1)),
    stored_at DateTime('UTC') ALIAS timestamp + 60 * minutes_late
)
ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/logs_local/http_log', '{replica}')
PARTITION BY if(toYear(timestamp) BETWEEN 2020 AND 2099, intDiv(toUInt16(toMonday(timestamp)), 7) % 8, 8)
ORDER BY (toDate(timestamp), resource_id, network, toUnixTimestamp(timestamp))
TTL toDateTime(toMonday(least(timestamp + 60 * minutes_late, toDateTime('2100-01-01 00:00:00', 'UTC'))), 'UTC') + INTERVAL 7 DAY + INTERVAL 35 DAY
SETTINGS replicated_deduplication_window = 100000, replicated_deduplication_window_seconds = 2419200;

CREATE TABLE IF NOT EXISTS logs.http_log ON CLUSTER '{cluster}' AS logs_local.http_log
ENGINE = Distributed('{cluster}', logs_local, http_log, cityHash64(resource_id));
