/**
 * The rules of sending: what is in a request and when it may leave ({@link
 * io.sluice.clickhouse.send.SendQueue}), and how long to wait after a failure ({@link
 * io.sluice.clickhouse.send.RetryBackoff}). Plain Java without Flink; time is handed in.
 */
package io.sluice.clickhouse.send;
