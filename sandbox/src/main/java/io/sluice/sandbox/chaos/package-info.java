/**
 * Faults on real processes, drawn from a seed, and the audit after each round of them.
 *
 * <p>{@link io.sluice.sandbox.chaos.Schedule} says what happens, {@link
 * io.sluice.sandbox.chaos.Injector} does it, {@link io.sluice.sandbox.chaos.Campaign} drives both.
 */
package io.sluice.sandbox.chaos;
