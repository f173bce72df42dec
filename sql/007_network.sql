-- By network and hour; see 006_resource.sql for the order.
CREATE TABLE IF NOT EXISTS logs.http_log_network_hour
(
    time DateTime('UTC') CODEC(Delta, ZSTD(1)),
    network UInt64 CODEC(ZSTD(1)),
    response_status UInt16 CODEC(ZSTD(1)),
    cache_status LowCardinality(String) CODEC(ZSTD(1)),
    bytes_sent UInt64 CODEC(T64, ZSTD(1)),
    requests UInt64 CODEC(T64, ZSTD(1))
)
ENGINE = SummingMergeTree((bytes_sent, requests))
PARTITION BY if(toYear(time) BETWEEN 2020 AND 2099, toRelativeMonthNum(time) % 16, 16)
ORDER BY (toDate(time), network, toUnixTimestamp(time), response_status, cache_status)
TTL least(time, toDateTime('2100-01-01 00:00:00', 'UTC')) + INTERVAL 400 DAY
SETTINGS non_replicated_deduplication_window = 100000, index_granularity = 2048, min_compress_block_size = 16384;

CREATE MATERIALIZED VIEW IF NOT EXISTS logs.http_log_network_hour_mv TO logs.http_log_network_hour AS
SELECT
    toStartOfHour(timestamp) AS time,
    network,
    response_status,
    cache_status,
    bytes_sent,
    toUInt64(1) AS requests
FROM logs.http_log;
