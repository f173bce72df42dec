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
    return new ProcessCpu(service, stack.process(service));
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

  /**
   * CPU time that a process took for some work.
   *
   * @param total user and system time while the work went on
   * @param wall how long that was
   * @param idleCores CPU seconds per second that the process takes without work
   */
  record CpuUse(Duration total, Duration wall, double idleCores) {
    private static final double NANOS_PER_SECOND = 1e9;

    CpuUse {
      if (total.isNegative() || wall.isNegative() || !(idleCores >= 0)) {
        throw new IllegalArgumentException(
            "total %s, wall %s and idleCores %s must be 0 or more"
                .formatted(total, wall, idleCores));
      }
    }

    /** Cores that a process keeps busy: the idle baseline, if it had nothing to do. */
    static double cores(Duration cpu, Duration wall) {
      return cpu.toNanos() / (double) wall.toNanos();
    }

    /** The total less what the process would have taken without the work; never below 0. */
    double seconds() {
      return Math.max(0, (total.toNanos() - idleCores * wall.toNanos()) / NANOS_PER_SECOND);
    }
  }
}
