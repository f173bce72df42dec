package io.sluice.bench.queries;

import io.sluice.ops.OperatorException;
import java.time.Duration;

/** CPU time that a process has taken, as the operating system counts it, in steps of some 10 ms. */
record CpuClock(ProcessHandle process) {
  Duration now() {
    return process
        .info()
        .totalCpuDuration()
        .orElseThrow(() -> OperatorException.failed("no CPU time is known of clickhouse"));
  }
}
