-- See ../004_status.sql. Each shard adds up what it stores, so a key is on every shard, and the
-- Distributed table adds up the shards' sums. It has no sharding key, since nobody may insert into it.
CREATE TABLE IF NOT EXISTS logs_local.http_log_status_minute ON CLUSTER '{cluster}'
(
    time DateTime('UTC') CODEC(Delta, ZSTD(1)),
    response_status UInt16 CODEC(ZSTD(1)),
    cache_status LowCardinality(String) CODEC(ZSTD(1)),
    bytes_sent UInt64 CODEC(T64, ZSTD(1)),
    requests UInt64 CODEC(T64, ZSTD(1))
)
ENGINE = ReplicatedSummingMergeTree('/clickhouse/tables/{shard}/logs_local/http_log_status_minute', '{replica}', (bytes_sent, requests))
PARTITION BY if(toYear(time) BETWEEN 2020 AND 2099, toRelativeMonthNum(time) % 16, 16)
ORDER BY (time, response_status, cache_status)
TTL least(time, toDateTime('2100-01-01 00:00:00', 'UTC')) + INTERVAL 400 DAY
SETTINGS replicated_deduplication_window = 100000, replicated_deduplication_window_seconds = 2419200;

CREATE TABLE IF NOT EXISTS logs.http_log_status_minute ON CLUSTER '{cluster}' AS logs_local.http_log_status_minute
ENGINE = Distributed('{cluster}', logs_local, http_log_status_minute);

CREATE MATERIALIZED VIEW IF NOT EXISTS logs_local.http_log_status_minute_mv ON CLUSTER '{cluster}' TO logs_local.http_log_status_minute AS
SELECT
    toStartOfMinute(log.timestamp) AS time,
    log.response_status AS response_status,
    log.cache_status AS cache_status,
    sum(log.bytes_sent) AS bytes_sent,
    count() AS requests
FROM logs_local.http_log AS log
GROUP BY time, response_status, cache_status;

CREATE TABLE IF NOT EXISTS logs_local.http_log_status_hour ON CLUSTER '{cluster}'
(
    time DateTime('UTC') CODEC(Delta, ZSTD(1)),
    response_status UInt16 CODEC(ZSTD(1)),
    cache_status LowCardinality(String) CODEC(ZSTD(1)),
    bytes_sent UInt64 CODEC(T64, ZSTD(1)),
    requests UInt64 CODEC(T64, ZSTD(1))
)
ENGINE = ReplicatedSummingMergeTree('/clickhouse/tables/{shard}/logs_local/http_log_status_hour', '{replica}', (bytes_sent, requests))
PARTITION BY if(toYear(time) BETWEEN 2020 AND 2099, toRelativeMonthNum(time) % 64, 64)
ORDER BY (time, response_status, cache_status)
SETTINGS replicated_deduplication_window = 100000, replicated_deduplication_window_seconds = 2419200;

CREATE TABLE IF NOT EXISTS logs.http_log_status_hour ON CLUSTER '{cluster}' AS logs_local.http_log_status_hour
ENGINE = Distributed('{cluster}', logs_local, http_log_status_hour);

CREATE MATERIALIZED VIEW IF NOT EXISTS logs_local.http_log_status_hour_mv ON CLUSTER '{cluster}' TO logs_local.http_log_status_hour AS
SELECT
    toStartOfHour(finer.time) AS time,
    finer.response_status AS response_status,
    finer.cache_status AS cache_status,
    sum(finer.bytes_sent) AS bytes_sent,
    sum(finer.requests) AS requests
FROM logs_local.http_log_status_minute AS finer
GROUP BY time, response_status, cache_status;
