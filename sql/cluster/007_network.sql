-- See ../007_network.sql. A network is on every shard: its rows are where their resources are.
CREATE TABLE IF NOT EXISTS logs_local.http_log_network_hour ON CLUSTER '{cluster}'
(
    time DateTime('UTC') CODEC(Delta, ZSTD(1)),
    network UInt64 CODEC(ZSTD(1)),
    response_status UInt16 CODEC(ZSTD(1)),
    cache_status LowCardinality(String) CODEC(ZSTD(1)),
    bytes_sent UInt64 CODEC(T64, ZSTD(1)),
    requests UInt64 CODEC(T64, ZSTD(1))
)
ENGINE = ReplicatedSummingMergeTree('/clickhouse/tables/{shard}/logs_local/http_log_network_hour', '{replica}', (bytes_sent, requests))
PARTITION BY if(toYear(time) BETWEEN 2020 AND 2099, toRelativeMonthNum(time) % 16, 16)
ORDER BY (toDate(time), network, toUnixTimestamp(time), response_status, cache_status)
TTL least(time, toDateTime('2100-01-01 00:00:00', 'UTC')) + INTERVAL 400 DAY
SETTINGS replicated_deduplication_window = 100000, replicated_deduplication_window_seconds = 2419200, index_granularity = 2048, min_compress_block_size = 16384;

CREATE TABLE IF NOT EXISTS logs.http_log_network_hour ON CLUSTER '{cluster}' AS logs_local.http_log_network_hour
ENGINE = Distributed('{cluster}', logs_local, http_log_network_hour);

CREATE MATERIALIZED VIEW IF NOT EXISTS logs_local.http_log_network_hour_mv ON CLUSTER '{cluster}' TO logs_local.http_log_network_hour AS
SELECT
    toStartOfHour(timestamp) AS time,
    network,
    response_status,
    cache_status,
    bytes_sent,
    toUInt64(1) AS requests
FROM logs_local.http_log;
