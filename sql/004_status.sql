-- Totals without resource and network: a few dozen rows a minute, however much traffic there is.
--
-- Every table of totals has bytes_sent and requests, and is read with sum(): rows of one key are added
-- up in the background, not at once. UInt64 wraps around at 2^64, in all of them alike. Each has a
-- deduplication window as large as http_log's: without one, a batch that is sent again would be
-- dropped there and counted twice here.
--
-- PARTITION BY month, modulo 16: two months of one partition are further apart than a row is kept; modulo
-- 64 where rows stay for good. See 003_http_log.sql for the last partition.
-- TTL: 2100 stands for all later times, since the sum would wrap around into the past in 2106.
CREATE TABLE IF NOT EXISTS logs.http_log_status_minute
(
    time DateTime('UTC') CODEC(Delta, ZSTD(1)),
    response_status UInt16 CODEC(ZSTD(1)),
    cache_status LowCardinality(String) CODEC(ZSTD(1)),
    bytes_sent UInt64 CODEC(T64, ZSTD(1)),
    requests UInt64 CODEC(T64, ZSTD(1))
)
ENGINE = SummingMergeTree((bytes_sent, requests))
PARTITION BY if(toYear(time) BETWEEN 2020 AND 2099, toRelativeMonthNum(time) % 16, 16)
ORDER BY (time, response_status, cache_status)
TTL least(time, toDateTime('2100-01-01 00:00:00', 'UTC')) + INTERVAL 400 DAY
SETTINGS non_replicated_deduplication_window = 100000;

CREATE MATERIALIZED VIEW IF NOT EXISTS logs.http_log_status_minute_mv TO logs.http_log_status_minute AS
SELECT
    toStartOfMinute(log.timestamp) AS time,
    log.response_status AS response_status,
    log.cache_status AS cache_status,
    sum(log.bytes_sent) AS bytes_sent,
    count() AS requests
FROM logs.http_log AS log
GROUP BY time, response_status, cache_status;

-- The same by hour, for long ranges and for good.
CREATE TABLE IF NOT EXISTS logs.http_log_status_hour
(
    time DateTime('UTC') CODEC(Delta, ZSTD(1)),
    response_status UInt16 CODEC(ZSTD(1)),
    cache_status LowCardinality(String) CODEC(ZSTD(1)),
    bytes_sent UInt64 CODEC(T64, ZSTD(1)),
    requests UInt64 CODEC(T64, ZSTD(1))
)
ENGINE = SummingMergeTree((bytes_sent, requests))
PARTITION BY if(toYear(time) BETWEEN 2020 AND 2099, toRelativeMonthNum(time) % 64, 64)
ORDER BY (time, response_status, cache_status)
SETTINGS non_replicated_deduplication_window = 100000;

CREATE MATERIALIZED VIEW IF NOT EXISTS logs.http_log_status_hour_mv TO logs.http_log_status_hour AS
SELECT
    toStartOfHour(finer.time) AS time,
    finer.response_status AS response_status,
    finer.cache_status AS cache_status,
    sum(finer.bytes_sent) AS bytes_sent,
    sum(finer.requests) AS requests
FROM logs.http_log_status_minute AS finer
GROUP BY time, response_status, cache_status;
