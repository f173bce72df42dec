/**
 * What the pipeline costs and how long its checkpoints take, measured on a stack of real processes.
 *
 * <p>{@link io.sluice.bench.stack.PipelineBench} and {@link io.sluice.bench.stack.CheckpointBench}
 * drive a stack; what they compute from their readings is in plain records.
 */
package io.sluice.bench.stack;
