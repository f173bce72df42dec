/**
 * Sending one insert to ClickHouse over HTTP, and the rules around it: what an answer means ({@link
 * io.sluice.clickhouse.http.OutcomeRules}), when the next request may start ({@link
 * io.sluice.clickhouse.send.RequestPacer}), how long to wait after a failure ({@link
 * io.sluice.clickhouse.send.RetryBackoff}). Plain Java: nothing here knows of Flink or of any
 * particular table, nothing here logs, and only {@link io.sluice.clickhouse.http.ClickHouseClient}
 * waits.
 */
package io.sluice.clickhouse.http;
