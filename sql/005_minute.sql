-- All four dimensions by minute, for the last days only: at some thousand requests a minute hardly two
-- of them share a key, so this is a second copy of http_log without the urls.
--
-- ORDER BY hour first: one hour is a range of its own, for charts that group by anything; within each
-- hour a network is a range, for charts of one network over a day. (toUnixTimestamp: see 003_http_log.sql.)
-- PARTITION BY day, modulo 8, for 3 days from the end of a row's day: a day's rows expire together, so that
-- their parts are dropped whole. See 003_http_log.sql. The view traffic reads the last two.
CREATE TABLE IF NOT EXISTS logs.http_log_minute
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
PARTITION BY if(toYear(time) BETWEEN 2020 AND 2099, toRelativeDayNum(time) % 8, 8)
ORDER BY (toStartOfHour(time), network, resource_id, response_status, cache_status, toUnixTimestamp(time))
TTL toStartOfDay(least(time, toDateTime('2100-01-01 00:00:00', 'UTC'))) + INTERVAL 1 DAY + INTERVAL 3 DAY
SETTINGS non_replicated_deduplication_window = 100000, index_granularity = 2048, min_compress_block_size = 16384;

-- Without GROUP BY: it would cost as much as all the rest and find next to nothing to add up.
CREATE MATERIALIZED VIEW IF NOT EXISTS logs.http_log_minute_mv TO logs.http_log_minute AS
SELECT
    toStartOfMinute(timestamp) AS time,
    network,
    resource_id,
    response_status,
    cache_status,
    bytes_sent,
    toUInt64(1) AS requests
FROM logs.http_log;
