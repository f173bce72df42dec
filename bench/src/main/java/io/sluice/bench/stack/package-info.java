/**
 * What the pipeline costs and how long its checkpoints take, measured on a stack of real processes.
 *
 * <p>{@code PipelineBench} and {@code CheckpointBench} drive a stack; what they compute from their
 * readings is in plain records.
 */
package io.sluice.bench.stack;
