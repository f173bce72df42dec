-- See ../009_traffic.sql, which this is: the Distributed tables have the names that it knows.
CREATE OR REPLACE VIEW logs.http_log_seconds ON CLUSTER '{cluster}' AS
SELECT
    timestamp AS time,
    network,
    resource_id,
    response_status,
    cache_status,
    bytes_sent,
    toUInt64(1) AS requests
FROM logs.http_log;

CREATE OR REPLACE VIEW logs.http_log_refused ON CLUSTER '{cluster}' AS
SELECT
    toDateTime(throwIf(dummy = 0, 'traffic: step is minute, hour, day or auto, and old rows are kept in coarse steps only'), 'UTC') AS time,
    toUInt64(0) AS network,
    toUInt64(0) AS resource_id,
    toUInt16(0) AS response_status,
    '' AS cache_status,
    toUInt64(0) AS bytes_sent,
    toUInt64(0) AS requests
FROM system.one;

CREATE OR REPLACE VIEW logs.traffic ON CLUSTER '{cluster}' AS
WITH
    {from:DateTime('UTC')} AS from_time,
    {to:DateTime('UTC')} - 1 AS last_time,
    toUInt32(last_time) - toUInt32(from_time) AS span,
    if({step:String} != 'auto', {step:String}, multiIf(span < 86400, 'minute', span < 40 * 86400, 'hour', 'day')) AS bucket,
    multiIf(bucket = 'minute', 60, bucket = 'hour', 3600, 86400) AS seconds,
    toDateTime(intDiv(toUInt32(from_time), seconds) * seconds, 'UTC') AS first,
    toDateTime(least(intDiv(toUInt32(last_time), seconds) * seconds + seconds - 1, 4294967295), 'UTC') AS last,
    position({by:String}, 'resource_id') > 0 AS by_resource,
    position({by:String}, 'network') > 0 AS by_network,
    from_time >= now('UTC') - INTERVAL 34 DAY AS in_seconds,
    from_time >= toStartOfDay(now('UTC')) - INTERVAL 2 DAY AS in_minutes,
    from_time >= now('UTC') - INTERVAL 399 DAY AS in_hours
SELECT * REPLACE toDateTime(intDiv(toUInt32(time), seconds) * seconds, 'UTC') AS time
FROM merge('logs', concat('^', multiIf(
    bucket = 'minute' AND NOT by_resource AND NOT by_network AND in_hours, 'http_log_status_minute',
    bucket = 'minute' AND in_minutes AND (by_network OR span < 6 * 3600), 'http_log_minute',
    bucket = 'hour' AND NOT by_resource AND NOT by_network, 'http_log_status_hour',
    bucket = 'hour' AND NOT by_network AND in_hours, 'http_log_resource_hour',
    bucket = 'hour' AND NOT by_resource AND in_hours, 'http_log_network_hour',
    bucket = 'day' AND NOT by_resource AND NOT by_network, 'http_log_status_hour',
    bucket = 'day' AND NOT by_network, 'http_log_resource_day',
    bucket = 'day', 'http_log_day',
    bucket NOT IN ('minute', 'hour', 'day'), 'http_log_refused',
    in_seconds, 'http_log_seconds',
    'http_log_refused'), '$'))
WHERE time BETWEEN first AND last
    -- For the key of http_log_minute: ClickHouse does not derive its range from that of time.
    AND toStartOfHour(time) BETWEEN toStartOfHour(first) AND last
    -- An empty range would be widened to a step.
    AND {to:DateTime('UTC')} > {from:DateTime('UTC')};
