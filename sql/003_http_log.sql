-- One row per HTTP request, as it came from Kafka, with the client's address anonymized.
--
-- ORDER BY day, resource, network: the rows of one resource, and of one network at one resource, are
-- beside each other in each day; the urls of one resource compress well beside each other.
-- toUnixTimestamp: with timestamp itself in the key, ClickHouse would not derive a range of days from a
-- range of times, and read them all.
-- PARTITION BY week, modulo 8: late rows spread over few partitions, and a request with rows of all times
-- makes nine parts, not thousands (ADR 6). By the time that a week comes to the partition of another, that
-- one has expired. The ninth is for clocks that were never set, and keeps them from the others: where a part
-- has one row of 1970, a range of times does not rule it out.
-- TTL: 35 days from the end of the week in which a row was stored, not from its own time. A clock that is
-- years off costs nothing but a strange chart; with the row's own time it would cost the row. The end of
-- the week, so that rows expire together and a part is dropped whole, or rewritten once if it has a row
-- that stays. 2100 stands for all later times, since the sum would wrap around into the past in 2106.
-- stored_at: to the minute before. It is kept as the minutes between, nearly always 0 or 1, and so takes
-- a tenth of what it would take as a time among rows that are not in order of time.
--
-- non_replicated_deduplication_window is how many inserted blocks the table remembers, so that a
-- batch that is sent again is dropped. One request is one block per partition that it touches; what
-- the window is in hours is in docs/limits.md. A block is remembered by some hundred bytes of memory
-- and log: 100000 of them are about 10 MB.
CREATE TABLE IF NOT EXISTS logs.http_log
(
    timestamp DateTime('UTC') CODEC(Delta, ZSTD(1)),
    resource_id UInt64 CODEC(Delta, ZSTD(1)),
    bytes_sent UInt64 CODEC(T64, ZSTD(1)),
    request_time_milli UInt64 CODEC(T64, ZSTD(1)),
    response_status UInt16 CODEC(ZSTD(1)),
    cache_status LowCardinality(String) CODEC(ZSTD(1)),
    method LowCardinality(String) CODEC(ZSTD(1)),
    remote_addr String CODEC(ZSTD(1)),
    url String CODEC(ZSTD(1)),
    network UInt64 MATERIALIZED networkOfAddress(remote_addr) CODEC(Delta, ZSTD(1)),
    minutes_late UInt32 MATERIALIZED toUInt32(intDiv(greatest(toInt64(toUnixTimestamp(now())) - toInt64(toUnixTimestamp(timestamp)), 0), 60)) CODEC(T64, ZSTD(1)),
    stored_at DateTime('UTC') ALIAS timestamp + 60 * minutes_late
)
ENGINE = MergeTree
PARTITION BY if(toYear(timestamp) BETWEEN 2020 AND 2099, intDiv(toUInt16(toMonday(timestamp)), 7) % 8, 8)
ORDER BY (toDate(timestamp), resource_id, network, toUnixTimestamp(timestamp))
TTL toDateTime(toMonday(least(timestamp + 60 * minutes_late, toDateTime('2100-01-01 00:00:00', 'UTC'))), 'UTC') + INTERVAL 7 DAY + INTERVAL 35 DAY
SETTINGS non_replicated_deduplication_window = 100000;
