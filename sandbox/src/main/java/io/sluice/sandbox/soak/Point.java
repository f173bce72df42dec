package io.sluice.sandbox.soak;

/**
 * A reading.
 *
 * @param seconds since the first record
 */
record Point(double seconds, double value) {}
