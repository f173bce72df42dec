package io.sluice.bench.queries;

/**
 * A promise and what came of it.
 *
 * @param limit for people, such as {@code <= 30 ms}
 * @param measured for people
 */
record Goal(String name, String limit, String measured, boolean reached) {}
