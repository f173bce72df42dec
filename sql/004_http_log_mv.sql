-- Fills the totals from every block that http_log accepts.
CREATE MATERIALIZED VIEW IF NOT EXISTS logs.http_log_mv TO logs.http_log_agg AS
SELECT
    toStartOfMinute(http_log.timestamp) AS minute,
    http_log.resource_id AS resource_id,
    http_log.response_status AS response_status,
    http_log.cache_status AS cache_status,
    http_log.remote_addr AS remote_addr,
    sum(http_log.bytes_sent) AS bytes_sent,
    count() AS requests
FROM logs.http_log
GROUP BY minute, resource_id, response_status, cache_status, remote_addr;
