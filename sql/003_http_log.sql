-- One row per HTTP request, as it came from Kafka, with the client's address made anonymous.
--
-- ORDER BY day, resource, network: the rows of one resource, and of one network at one resource, are
-- beside each other in each day; the urls of one resource compress well beside each other.
-- PARTITION BY week: late rows spread over few partitions, and old weeks are dropped whole.
-- TTL: 35 days from when a row was stored, not from its own time. A clock that is years off costs
-- nothing but a strange chart; with the row's own time it would cost the row.
--
-- non_replicated_deduplication_window is how many inserted blocks the table remembers, so that a
-- batch that is sent again is dropped. One request is one block per partition that it touches; what
-- the window is in hours is in docs/limits.md. A block is remembered by some hundred bytes of memory
-- and log: 100000 of them are about 10 MB.
CREATE TABLE IF NOT EXISTS logs.http_log
(
    timestamp DateTime('UTC') CODEC(Delta, ZSTD(1)),
    resource_id UInt64 CODEC(ZSTD(1)),
    bytes_sent UInt64 CODEC(ZSTD(1)),
    request_time_milli UInt64 CODEC(ZSTD(1)),
    response_status UInt16 CODEC(ZSTD(1)),
    cache_status LowCardinality(String) CODEC(ZSTD(1)),
    method LowCardinality(String) CODEC(ZSTD(1)),
    remote_addr String CODEC(ZSTD(1)),
    url String CODEC(ZSTD(1)),
    network UInt64 MATERIALIZED networkOfAddress(remote_addr) CODEC(ZSTD(1)),
    stored_at DateTime('UTC') MATERIALIZED now() CODEC(ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toMonday(timestamp)
ORDER BY (toDate(timestamp), resource_id, network, timestamp)
TTL stored_at + INTERVAL 35 DAY
SETTINGS non_replicated_deduplication_window = 100000, ttl_only_drop_parts = 1;
