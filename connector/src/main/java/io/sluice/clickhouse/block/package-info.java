/**
 * Rows become blocks: one ClickHouse Native block each, compressed as one zstd frame.
 *
 * <p>Knows neither the http log nor, but for {@link io.sluice.clickhouse.sink.BlockEncoder}, Flink.
 * A {@link io.sluice.clickhouse.block.Table} says which columns there are and how to read them from
 * a row.
 */
package io.sluice.clickhouse.block;
