-- All four dimensions by day, for good. A network, and a resource of a network, is one range of a
-- partition, which is a month until two are 64 months apart.
CREATE TABLE IF NOT EXISTS logs.http_log_day
(
    time DateTime('UTC') CODEC(Delta, ZSTD(1)),
    network UInt64 CODEC(ZSTD(1)),
    resource_id UInt64 CODEC(Delta, ZSTD(1)),
    response_status UInt16 CODEC(ZSTD(1)),
    cache_status LowCardinality(String) CODEC(ZSTD(1)),
    bytes_sent UInt64 CODEC(T64, ZSTD(1)),
    requests UInt64 CODEC(T64, ZSTD(1))
)
ENGINE = SummingMergeTree((bytes_sent, requests))
PARTITION BY if(toYear(time) BETWEEN 2020 AND 2099, toRelativeMonthNum(time) % 64, 64)
ORDER BY (network, resource_id, time, response_status, cache_status)
SETTINGS non_replicated_deduplication_window = 100000, index_granularity = 2048, min_compress_block_size = 16384;

CREATE MATERIALIZED VIEW IF NOT EXISTS logs.http_log_day_mv TO logs.http_log_day AS
SELECT
    toStartOfDay(timestamp) AS time,
    network,
    resource_id,
    response_status,
    cache_status,
    bytes_sent,
    toUInt64(1) AS requests
FROM logs.http_log;
