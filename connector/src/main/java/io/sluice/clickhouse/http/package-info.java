/**
 * Sending one insert to ClickHouse over HTTP, and what an answer means ({@link
 * io.sluice.clickhouse.http.OutcomeRules}). Plain Java: nothing here knows of Flink or of any
 * particular table, nothing here logs, and only {@link io.sluice.clickhouse.http.ClickHouseClient}
 * waits.
 */
package io.sluice.clickhouse.http;
