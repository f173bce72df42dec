package io.sluice.bench.soak;

/**
 * A reading.
 *
 * @param seconds since the first record
 */
record Point(double seconds, double value) {}
