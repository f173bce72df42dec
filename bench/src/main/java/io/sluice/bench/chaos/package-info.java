/**
 * Faults on real processes, drawn from a seed, and the audit after each round of them.
 *
 * <p>{@code Schedule} says what happens, {@code Injector} does it, {@code Campaign} drives both.
 */
package io.sluice.bench.chaos;
