-- See ../006_resource.sql. All rows of a resource are on one shard.
CREATE TABLE IF NOT EXISTS logs_local.http_log_resource_hour ON CLUSTER '{cluster}'
(
    time DateTime('UTC') CODEC(Delta, ZSTD(1)),
    resource_id UInt64 CODEC(Delta, ZSTD(1)),
    response_status UInt16 CODEC(ZSTD(1)),
    cache_status LowCardinality(String) CODEC(ZSTD(1)),
    bytes_sent UInt64 CODEC(T64, ZSTD(1)),
    requests UInt64 CODEC(T64, ZSTD(1))
)
ENGINE = ReplicatedSummingMergeTree('/clickhouse/tables/{shard}/logs_local/http_log_resource_hour', '{replica}', (bytes_sent, requests))
PARTITION BY if(toYear(time) BETWEEN 2020 AND 2099, toRelativeMonthNum(time) % 16, 16)
ORDER BY (toDate(time), resource_id, toUnixTimestamp(time), response_status, cache_status)
TTL least(time, toDateTime('2100-01-01 00:00:00', 'UTC')) + INTERVAL 400 DAY
SETTINGS replicated_deduplication_window = 100000, replicated_deduplication_window_seconds = 2419200, index_granularity = 2048, min_compress_block_size = 16384;

CREATE TABLE IF NOT EXISTS logs.http_log_resource_hour ON CLUSTER '{cluster}' AS logs_local.http_log_resource_hour
ENGINE = Distributed('{cluster}', logs_local, http_log_resource_hour, cityHash64(resource_id));

CREATE MATERIALIZED VIEW IF NOT EXISTS logs_local.http_log_resource_hour_mv ON CLUSTER '{cluster}' TO logs_local.http_log_resource_hour AS
SELECT
    toStartOfHour(log.timestamp) AS time,
    log.resource_id AS resource_id,
    log.response_status AS response_status,
    log.cache_status AS cache_status,
    sum(log.bytes_sent) AS bytes_sent,
    count() AS requests
FROM logs_local.http_log AS log
GROUP BY time, resource_id, response_status, cache_status;

CREATE TABLE IF NOT EXISTS logs_local.http_log_resource_day ON CLUSTER '{cluster}'
(
    time DateTime('UTC') CODEC(Delta, ZSTD(1)),
    resource_id UInt64 CODEC(Delta, ZSTD(1)),
    response_status UInt16 CODEC(ZSTD(1)),
    cache_status LowCardinality(String) CODEC(ZSTD(1)),
    bytes_sent UInt64 CODEC(T64, ZSTD(1)),
    requests UInt64 CODEC(T64, ZSTD(1))
)
ENGINE = ReplicatedSummingMergeTree('/clickhouse/tables/{shard}/logs_local/http_log_resource_day', '{replica}', (bytes_sent, requests))
PARTITION BY if(toYear(time) BETWEEN 2020 AND 2099, toRelativeMonthNum(time) % 64, 64)
ORDER BY (resource_id, time, response_status, cache_status)
SETTINGS replicated_deduplication_window = 100000, replicated_deduplication_window_seconds = 2419200, index_granularity = 2048, min_compress_block_size = 16384;

CREATE TABLE IF NOT EXISTS logs.http_log_resource_day ON CLUSTER '{cluster}' AS logs_local.http_log_resource_day
ENGINE = Distributed('{cluster}', logs_local, http_log_resource_day, cityHash64(resource_id));

CREATE MATERIALIZED VIEW IF NOT EXISTS logs_local.http_log_resource_day_mv ON CLUSTER '{cluster}' TO logs_local.http_log_resource_day AS
SELECT
    toStartOfDay(finer.time) AS time,
    finer.resource_id AS resource_id,
    finer.response_status AS response_status,
    finer.cache_status AS cache_status,
    sum(finer.bytes_sent) AS bytes_sent,
    sum(finer.requests) AS requests
FROM logs_local.http_log_resource_hour AS finer
GROUP BY time, resource_id, response_status, cache_status;
