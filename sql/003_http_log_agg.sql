-- Totals per minute, resource, status, cache status and address. Read them with sum(): rows of one
-- key are added up in the background, not at once.
--
-- Its own deduplication window, as large as http_log's: without it a batch that is sent again would
-- be dropped there and counted twice here.
CREATE TABLE IF NOT EXISTS logs.http_log_agg
(
    minute DateTime,
    resource_id UInt64,
    response_status UInt16,
    cache_status LowCardinality(String),
    remote_addr String,
    bytes_sent UInt64,
    requests UInt64
)
ENGINE = SummingMergeTree((bytes_sent, requests))
PARTITION BY toDate(minute)
ORDER BY (resource_id, minute, response_status, cache_status, remote_addr)
SETTINGS non_replicated_deduplication_window = 100000;
