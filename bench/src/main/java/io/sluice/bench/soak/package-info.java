/**
 * The pipeline at a steady rate for an hour, or with ClickHouse away for longer than Kafka keeps
 * its messages: is what it takes flat, and is everything there once?
 *
 * <p>{@code Soak} drives a stack, {@code SoakWatch} looks at it; what is computed from the readings
 * is in plain classes.
 */
package io.sluice.bench.soak;
