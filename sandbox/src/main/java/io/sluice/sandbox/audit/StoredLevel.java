package io.sluice.sandbox.audit;

/**
 * What one table of totals has.
 *
 * @param bytes sum of its {@code bytes_sent}
 */
record StoredLevel(String table, long requests, long bytes) {}
