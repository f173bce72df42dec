-- See ../008_day.sql.
CREATE TABLE IF NOT EXISTS logs_local.http_log_day ON CLUSTER '{cluster}'
(
    time DateTime('UTC') CODEC(Delta, ZSTD(1)),
    network UInt64 CODEC(ZSTD(1)),
    resource_id UInt64 CODEC(Delta, ZSTD(1)),
    response_status UInt16 CODEC(ZSTD(1)),
    cache_status LowCardinality(String) CODEC(ZSTD(1)),
    bytes_sent UInt64 CODEC(T64, ZSTD(1)),
    requests UInt64 CODEC(T64, ZSTD(1))
)
ENGINE = ReplicatedSummingMergeTree('/clickhouse/tables/{shard}/logs_local/http_log_day', '{replica}', (bytes_sent, requests))
PARTITION BY if(toYear(time) BETWEEN 2020 AND 2099, toRelativeMonthNum(time) % 64, 64)
ORDER BY (network, resource_id, time, response_status, cache_status)
SETTINGS replicated_deduplication_window = 100000, replicated_deduplication_window_seconds = 2419200, index_granularity = 2048, min_compress_block_size = 16384;

CREATE TABLE IF NOT EXISTS logs.http_log_day ON CLUSTER '{cluster}' AS logs_local.http_log_day
ENGINE = Distributed('{cluster}', logs_local, http_log_day, cityHash64(resource_id));

CREATE MATERIALIZED VIEW IF NOT EXISTS logs_local.http_log_day_mv ON CLUSTER '{cluster}' TO logs_local.http_log_day AS
SELECT
    toStartOfDay(timestamp) AS time,
    network,
    resource_id,
    response_status,
    cache_status,
    bytes_sent,
    toUInt64(1) AS requests
FROM logs_local.http_log;
