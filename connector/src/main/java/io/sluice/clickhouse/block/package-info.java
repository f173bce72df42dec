/**
 * Rows become blocks: one ClickHouse Native block each, compressed as one zstd frame.
 *
 * <p>Plain Java, without Flink. A {@link io.sluice.clickhouse.block.Table} says which columns there
 * are and how to read them from a row.
 */
package io.sluice.clickhouse.block;
