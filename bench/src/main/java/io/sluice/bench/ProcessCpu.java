package io.sluice.bench;

import io.sluice.ops.OperatorException;

/**
 * A stopwatch for the CPU time of a process, as the operating system counts it: all its threads,
 * garbage collection and compilation included, in steps of some 10 ms. Not thread-safe.
 */
public final class ProcessCpu {
  private final ProcessHandle process;
  private double idleCores;
  private double startCpuSeconds;
  private long startNanos;

  public ProcessCpu(ProcessHandle process) {
    this.process = process;
    start();
  }

  /** Begins to count anew. */
  public void start() {
    startCpuSeconds = cpuSeconds();
    startNanos = System.nanoTime();
  }

  /** Takes what was used since {@link #start} as what the process needs without work. */
  public void takeAsIdle() {
    idleCores = (cpuSeconds() - startCpuSeconds) / wallSeconds();
  }

  /** CPU seconds per second that the process takes without work. */
  public double idleCores() {
    return idleCores;
  }

  /** CPU seconds since {@link #start}, less what the process would have taken without work. */
  public double seconds() {
    return ofWork(cpuSeconds() - startCpuSeconds, wallSeconds(), idleCores);
  }

  static double ofWork(double cpuSeconds, double wallSeconds, double idleCores) {
    return Math.max(0, cpuSeconds - idleCores * wallSeconds);
  }

  private double wallSeconds() {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  private double cpuSeconds() {
    return process
            .info()
            .totalCpuDuration()
            .orElseThrow(() -> OperatorException.failed("no CPU time is known of " + process))
            .toNanos()
        / 1e9;
  }
}
