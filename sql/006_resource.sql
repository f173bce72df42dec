-- By resource and hour.
--
-- ORDER BY day first: a chart of one resource reads one range per day of a part, and one that groups
-- all resources over a day reads nothing else. Small granules, since a resource has few rows a day.
CREATE TABLE IF NOT EXISTS logs.http_log_resource_hour
(
    time DateTime('UTC') CODEC(Delta, ZSTD(1)),
    resource_id UInt64 CODEC(Delta, ZSTD(1)),
    response_status UInt16 CODEC(ZSTD(1)),
    cache_status LowCardinality(String) CODEC(ZSTD(1)),
    bytes_sent UInt64 CODEC(T64, ZSTD(1)),
    requests UInt64 CODEC(T64, ZSTD(1))
)
ENGINE = SummingMergeTree((bytes_sent, requests))
PARTITION BY if(toYear(time) BETWEEN 2020 AND 2099, toRelativeMonthNum(time) % 16, 16)
ORDER BY (toDate(time), resource_id, toUnixTimestamp(time), response_status, cache_status)
TTL least(time, toDateTime('2100-01-01 00:00:00', 'UTC')) + INTERVAL 400 DAY
SETTINGS non_replicated_deduplication_window = 100000, index_granularity = 2048, min_compress_block_size = 16384;

CREATE MATERIALIZED VIEW IF NOT EXISTS logs.http_log_resource_hour_mv TO logs.http_log_resource_hour AS
SELECT
    toStartOfHour(log.timestamp) AS time,
    log.resource_id AS resource_id,
    log.response_status AS response_status,
    log.cache_status AS cache_status,
    sum(log.bytes_sent) AS bytes_sent,
    count() AS requests
FROM logs.http_log AS log
GROUP BY time, resource_id, response_status, cache_status;

-- The same by day, for long ranges and for good.
CREATE TABLE IF NOT EXISTS logs.http_log_resource_day
(
    time DateTime('UTC') CODEC(Delta, ZSTD(1)),
    resource_id UInt64 CODEC(Delta, ZSTD(1)),
    response_status UInt16 CODEC(ZSTD(1)),
    cache_status LowCardinality(String) CODEC(ZSTD(1)),
    bytes_sent UInt64 CODEC(T64, ZSTD(1)),
    requests UInt64 CODEC(T64, ZSTD(1))
)
ENGINE = SummingMergeTree((bytes_sent, requests))
PARTITION BY if(toYear(time) BETWEEN 2020 AND 2099, toRelativeMonthNum(time) % 64, 64)
ORDER BY (resource_id, time, response_status, cache_status)
SETTINGS non_replicated_deduplication_window = 100000, index_granularity = 2048, min_compress_block_size = 16384;

CREATE MATERIALIZED VIEW IF NOT EXISTS logs.http_log_resource_day_mv TO logs.http_log_resource_day AS
SELECT
    toStartOfDay(finer.time) AS time,
    finer.resource_id AS resource_id,
    finer.response_status AS response_status,
    finer.cache_status AS cache_status,
    sum(finer.bytes_sent) AS bytes_sent,
    sum(finer.requests) AS requests
FROM logs.http_log_resource_hour AS finer
GROUP BY time, resource_id, response_status, cache_status;
