-- One row per HTTP request, as it came from Kafka, with the client's address made anonymous.
--
-- PARTITION BY day: a request of the pipeline carries the last minute or so, hence one partition,
-- or two around midnight; and old days can be dropped whole.
-- ORDER BY resource, then time: questions are about one resource over some time, and the urls of
-- one resource compress well beside each other.
--
-- non_replicated_deduplication_window is how many inserted blocks the table remembers, so that a
-- batch that is sent again is dropped. One request is one block per partition that it touches:
--   1 request/min (62.5 s at nginx), 2 partitions each:   115 blocks/h -> 36 days
--   60 requests/min, 2 partitions each:                  7200 blocks/h -> 13 hours
--   1 request/min, each with rows of 100 days:           5760 blocks/h -> 17 hours
-- A block is remembered by some hundred bytes of memory and log: 100000 of them are about 10 MB.
CREATE TABLE IF NOT EXISTS logs.http_log
(
    timestamp DateTime,
    resource_id UInt64,
    bytes_sent UInt64,
    request_time_milli UInt64,
    response_status UInt16,
    cache_status LowCardinality(String),
    method LowCardinality(String),
    remote_addr String,
    url String
)
ENGINE = MergeTree
PARTITION BY toDate(timestamp)
ORDER BY (resource_id, timestamp)
SETTINGS non_replicated_deduplication_window = 100000;
