/**
 * Faults on real processes, drawn from a seed, and the audit after each round of them.
 *
 * <p>{@link io.sluice.bench.chaos.Schedule} says what happens, {@link
 * io.sluice.bench.chaos.Injector} does it, {@link io.sluice.bench.chaos.Campaign} drives both.
 */
package io.sluice.bench.chaos;
