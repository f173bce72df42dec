package io.sluice.bench.stack;

import io.sluice.ops.OperatorException;
import io.sluice.sandbox.process.Service;
import io.sluice.sandbox.stack.Stack;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A stopwatch for the CPU time of one service's process, as the operating system counts it: all its
 * threads, garbage collection and compilation included, in steps of some 10 ms.
 */
final class ProcessCpu {
  private final Service service;
  private final ProcessHandle process;
  private double idleCores;
  private Duration startCpu;
  private long startNanos;

  private ProcessCpu(Service service, ProcessHandle process) {
    this.service = service;
    this.process = process;
    start();
  }

  /**
   * @throws OperatorException if the service does not run
   */
  static ProcessCpu of(Stack stack, Service service) {
    return new ProcessCpu(service, Processes.of(stack, service));
  }

  /** Begins to count. */
  void start() {
    startCpu = cpu();
    startNanos = System.nanoTime();
  }

  /** Takes what was used since {@link #start} as what the process needs without work. */
  void takeAsIdle() {
    idleCores = CpuUse.cores(cpu().minus(startCpu), wall());
  }

  double idleCores() {
    return idleCores;
  }

  /** What was used since {@link #start}. */
  CpuUse use() {
    return new CpuUse(cpu().minus(startCpu), wall(), idleCores);
  }

  private Duration wall() {
    return Duration.ofNanos(
        Math.max(TimeUnit.MILLISECONDS.toNanos(1), System.nanoTime() - startNanos));
  }

  private Duration cpu() {
    return process
        .info()
        .totalCpuDuration()
        .orElseThrow(() -> OperatorException.failed("no CPU time is known of " + service));
  }
}
