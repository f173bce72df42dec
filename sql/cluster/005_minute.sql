-- See ../005_minute.sql. Rows are where http_log put them, hence the sharding key, which reading may use.
CREATE TABLE IF NOT EXISTS logs_local.http_log_minute ON CLUSTER '{cluster}'
(
    time DateTime('UTC') CODEC(Delta, ZSTD(1)),
    network UInt64 CODEC(ZSTD(1)),
    resource_id UInt64 CODEC(Delta, ZSTD(1)),
    response_status UInt16 CODEC(ZSTD(1)),
    cache_status LowCardinality(String) CODEC(ZSTD(1)),
    bytes_sent UInt64 CODEC(T64, ZSTD(1)),
    requests UInt64 CODEC(T64, ZSTD(1))
)
ENGINE = ReplicatedSummingMergeTree('/clickhouse/tables/{shard}/logs_local/http_log_minute', '{replica}', (bytes_sent, requests))
PARTITION BY if(toYear(time) BETWEEN 2020 AND 2099, toRelativeDayNum(time) % 8, 8)
ORDER BY (toStartOfHour(time), network, resource_id, response_status, cache_status, toUnixTimestamp(time))
TTL toStartOfDay(least(time, toDateTime('2100-01-01 00:00:00', 'UTC'))) + INTERVAL 1 DAY + INTERVAL 3 DAY
SETTINGS replicated_deduplication_window = 100000, replicated_deduplication_window_seconds = 2419200, index_granularity = 2048, min_compress_block_size = 16384;

CREATE TABLE IF NOT EXISTS logs.http_log_minute ON CLUSTER '{cluster}' AS logs_local.http_log_minute
ENGINE = Distributed('{cluster}', logs_local, http_log_minute, cityHash64(resource_id));

CREATE MATERIALIZED VIEW IF NOT EXISTS logs_local.http_log_minute_mv ON CLUSTER '{cluster}' TO logs_local.http_log_minute AS
SELECT
    toStartOfMinute(timestamp) AS time,
    network,
    resource_id,
    response_status,
    cache_status,
    bytes_sent,
    toUInt64(1) AS requests
FROM logs_local.http_log;
