/**
 * Disk, parts and merges for a message rate and retention, from what a sample of rows took.
 *
 * <p>{@link io.sluice.ops.capacity.Sampler} measures: it replays a few days of {@code http_log} at
 * other rates into tables of the same definition and reads what they take. {@link
 * io.sluice.ops.capacity.Forecast} computes from that, without a server.
 */
package io.sluice.ops.capacity;
