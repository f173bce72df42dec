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

CREATE OR REPLACE VIEW logs.http_log_refused_time ON CLUSTER '{cluster}' AS
SELECT
    toDateTime(throwIf(requests = 0, 'traffic: from and to are seconds since 1970, such as toUnixTimestamp(now() - INTERVAL 1 DAY), or text with its zone, such as 2026-11-20T10:00:00Z; other times, now() among them, arrive here without their zone'), 'UTC') AS time,
    network, resource_id, response_status, cache_status, bytes_sent, requests
FROM logs.http_log_refused;

CREATE OR REPLACE VIEW logs.traffic ON CLUSTER '{cluster}' AS
-- An alias is worked out anew wherever it stands, with all that it is made of. So the two below are as
-- short as they can be: with ten functions more in them, planning took 100 ms instead of 15.
WITH
    '^(?:(0|[1-3]?\\d{9}|4[01]\\d{8}|42[0-8]\\d{7})(?:\\.\\d+)?|((?:19[7-9]|20\\d|210)\\d-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?:Z|[+-]\\d\\d:\\d\\d)))$|^.*$' AS instant,
    -- 0 if it is no instant.
    toUnixTimestamp(parseDateTimeBestEffortOrZero(replaceRegexpOne({from:String}, instant, '\\1\\2'), 'UTC')) AS first_second,
    -- Before to; the greatest UInt32 if that is no instant, or 0.
    toUInt32(toUnixTimestamp(parseDateTimeBestEffortOrZero(replaceRegexpOne({to:String}, instant, '\\1\\2'), 'UTC')) - 1) AS last_second,
    multiIf(
        {step:String} = 'minute', 60,
        {step:String} = 'hour', 3600,
        {step:String} = 'day', 86400,
        last_second < first_second + 86400, 60,
        last_second < first_second + 40 * 86400, 3600,
        86400) AS step_seconds,
    position({by:String}, 'resource_id') > 0 AS by_resource,
    position({by:String}, 'network') > 0 AS by_network,
    toUnixTimestamp(now()) AS now_second,
    first_second >= now_second - 34 * 86400 AS in_seconds,
    first_second >= now_second - now_second % 86400 - 2 * 86400 AS in_minutes,
    first_second >= now_second - 399 * 86400 AS in_hours
SELECT * REPLACE toDateTime(intDiv(toUInt32(time), step_seconds) * step_seconds, 'UTC') AS time
-- Constants decide which one table is read.
FROM merge('logs', concat('^http_log_', multiIf(
    last_second = 4294967295 OR first_second = 0 AND NOT match({from:String}, '^(0$|1970)'), 'refused_time',
    {step:String} NOT IN ('minute', 'hour', 'day', 'auto'), 'refused',
    step_seconds = 60, multiIf(
        NOT by_resource AND NOT by_network AND in_hours, 'status_minute',
        in_minutes AND (by_network OR last_second < first_second + 6 * 3600), 'minute',
        in_seconds, 'seconds',
        'refused'),
    step_seconds = 3600, multiIf(
        NOT by_resource AND NOT by_network, 'status_hour',
        NOT by_network AND in_hours, 'resource_hour',
        NOT by_resource AND in_hours, 'network_hour',
        in_seconds, 'seconds',
        'refused'),
    multiIf(
        by_network, 'day',
        by_resource, 'resource_day',
        'status_hour')), '$'))
-- An empty range is not widened to a step.
WHERE first_second <= last_second
    AND time BETWEEN toDateTime(first_second - first_second % step_seconds, 'UTC') AND toDateTime(last_second, 'UTC');
