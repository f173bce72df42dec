-- The busiest of the last 24 hours and 30 days, for every grouping, ready to be read.
--
--   SELECT resource_id, requests, as_of FROM logs.traffic_top(range = '30d', by = 'resource_id')
--   ORDER BY requests DESC LIMIT 20
--
-- range: 24h (whole hours, taken every 10 minutes) or 30d (whole days, today among them, taken every hour).
-- by: the grouping, its dimensions in this order, without blanks:
--     resource_id,response_status,cache_status,network. A dimension that is not in it is 0 or ''.
-- as_of: when the snapshot was taken; from_time: where its range begins.
--
-- Grouping millions of keys takes longer than a reader wants to wait, so it is done beforehand. A
-- snapshot has each group with at least a 100,000th of all requests or of all bytes: exact for these,
-- without the rest. A refresh that fails leaves the last snapshot in place, and as_of tells;
-- system.view_refreshes has the reason.

CREATE TABLE IF NOT EXISTS logs.http_log_top_24h
(
    `by` LowCardinality(String),
    resource_id UInt64,
    response_status UInt16,
    cache_status LowCardinality(String),
    network UInt64,
    bytes_sent UInt64,
    requests UInt64,
    from_time DateTime('UTC'),
    as_of DateTime('UTC')
)
ENGINE = MergeTree
ORDER BY `by`;

CREATE MATERIALIZED VIEW IF NOT EXISTS logs.http_log_top_24h_mv
REFRESH EVERY 10 MINUTE TO logs.http_log_top_24h AS
WITH
    toStartOfHour(now('UTC')) - INTERVAL 24 HOUR AS since,
    (SELECT (sum(requests) / 100000, sum(bytes_sent) / 100000) FROM logs.http_log_status_hour WHERE time >= since) AS least,
    -- A group is no larger than the network, or the network at a resource, that it is a part of. So
    -- the few of these that are large enough are found first: the rest needs no memory after that.
    networks AS
    (
        SELECT network FROM logs.http_log_network_hour WHERE time >= since
        GROUP BY network HAVING sum(requests) >= least.1 OR sum(bytes_sent) >= least.2
    ),
    pairs AS
    (
        SELECT network, resource_id FROM logs.http_log_minute WHERE time >= since AND network IN networks
        GROUP BY network, resource_id HAVING sum(requests) >= least.1 OR sum(bytes_sent) >= least.2
    )
SELECT
    trimRight(dimensions, ',') AS `by`, resource_id, response_status, cache_status, network, bytes_sent, requests,
    since AS from_time, now('UTC') AS as_of
FROM
(
    SELECT
        concat(if(grouping(resource_id) = 0, 'resource_id,', ''), if(grouping(response_status) = 0, 'response_status,', ''), if(grouping(cache_status) = 0, 'cache_status,', '')) AS dimensions,
        resource_id, response_status, cache_status, toUInt64(0) AS network, sum(level.bytes_sent) AS bytes_sent, sum(level.requests) AS requests
    FROM logs.http_log_resource_hour AS level
    WHERE time >= since
    GROUP BY GROUPING SETS (
        (resource_id), (resource_id, response_status), (resource_id, cache_status), (resource_id, response_status, cache_status),
        (response_status), (cache_status), (response_status, cache_status))
    UNION ALL
    SELECT
        concat(if(grouping(response_status) = 0, 'response_status,', ''), if(grouping(cache_status) = 0, 'cache_status,', ''), 'network,') AS dimensions,
        0, response_status, cache_status, network, sum(level.bytes_sent), sum(level.requests)
    FROM logs.http_log_network_hour AS level
    WHERE time >= since AND network IN networks
    GROUP BY GROUPING SETS ((network), (network, response_status), (network, cache_status), (network, response_status, cache_status))
    UNION ALL
    SELECT
        concat('resource_id,', if(grouping(response_status) = 0, 'response_status,', ''), if(grouping(cache_status) = 0, 'cache_status,', ''), 'network,') AS dimensions,
        resource_id, response_status, cache_status, network, sum(level.bytes_sent), sum(level.requests)
    FROM logs.http_log_minute AS level
    WHERE time >= since AND (network, resource_id) IN pairs
    GROUP BY GROUPING SETS (
        (network, resource_id), (network, resource_id, response_status), (network, resource_id, cache_status),
        (network, resource_id, response_status, cache_status))
)
WHERE requests >= least.1 OR bytes_sent >= least.2;

CREATE TABLE IF NOT EXISTS logs.http_log_top_30d
(
    `by` LowCardinality(String),
    resource_id UInt64,
    response_status UInt16,
    cache_status LowCardinality(String),
    network UInt64,
    bytes_sent UInt64,
    requests UInt64,
    from_time DateTime('UTC'),
    as_of DateTime('UTC')
)
ENGINE = MergeTree
ORDER BY `by`;

CREATE MATERIALIZED VIEW IF NOT EXISTS logs.http_log_top_30d_mv
REFRESH EVERY 1 HOUR OFFSET 5 MINUTE TO logs.http_log_top_30d AS
WITH
    toStartOfDay(now('UTC')) - INTERVAL 29 DAY AS since,
    (SELECT (sum(requests) / 100000, sum(bytes_sent) / 100000) FROM logs.http_log_status_hour WHERE time >= since) AS least,
    -- A group is no larger than the network, or the network at a resource, that it is a part of. So
    -- the few of these that are large enough are found first: the rest needs no memory after that.
    networks AS
    (
        SELECT network FROM logs.http_log_network_hour WHERE time >= since
        GROUP BY network HAVING sum(requests) >= least.1 OR sum(bytes_sent) >= least.2
    ),
    pairs AS
    (
        SELECT network, resource_id FROM logs.http_log_day WHERE time >= since AND network IN networks
        GROUP BY network, resource_id HAVING sum(requests) >= least.1 OR sum(bytes_sent) >= least.2
    )
SELECT
    trimRight(dimensions, ',') AS `by`, resource_id, response_status, cache_status, network, bytes_sent, requests,
    since AS from_time, now('UTC') AS as_of
FROM
(
    SELECT
        concat(if(grouping(resource_id) = 0, 'resource_id,', ''), if(grouping(response_status) = 0, 'response_status,', ''), if(grouping(cache_status) = 0, 'cache_status,', '')) AS dimensions,
        resource_id, response_status, cache_status, toUInt64(0) AS network, sum(level.bytes_sent) AS bytes_sent, sum(level.requests) AS requests
    FROM logs.http_log_resource_day AS level
    WHERE time >= since
    GROUP BY GROUPING SETS (
        (resource_id), (resource_id, response_status), (resource_id, cache_status), (resource_id, response_status, cache_status),
        (response_status), (cache_status), (response_status, cache_status))
    UNION ALL
    SELECT
        concat(if(grouping(response_status) = 0, 'response_status,', ''), if(grouping(cache_status) = 0, 'cache_status,', ''), 'network,') AS dimensions,
        0, response_status, cache_status, network, sum(level.bytes_sent), sum(level.requests)
    FROM logs.http_log_network_hour AS level
    WHERE time >= since AND network IN networks
    GROUP BY GROUPING SETS ((network), (network, response_status), (network, cache_status), (network, response_status, cache_status))
    UNION ALL
    SELECT
        concat('resource_id,', if(grouping(response_status) = 0, 'response_status,', ''), if(grouping(cache_status) = 0, 'cache_status,', ''), 'network,') AS dimensions,
        resource_id, response_status, cache_status, network, sum(level.bytes_sent), sum(level.requests)
    FROM logs.http_log_day AS level
    WHERE time >= since AND (network, resource_id) IN pairs
    GROUP BY GROUPING SETS (
        (network, resource_id), (network, resource_id, response_status), (network, resource_id, cache_status),
        (network, resource_id, response_status, cache_status))
)
WHERE requests >= least.1 OR bytes_sent >= least.2;

CREATE OR REPLACE VIEW logs.traffic_top AS
SELECT resource_id, response_status, cache_status, network, bytes_sent, requests, from_time, as_of
FROM merge('logs', concat('^http_log_top_', {range:String}, '$'))
WHERE `by` = {by:String};
