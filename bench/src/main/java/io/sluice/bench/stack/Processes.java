package io.sluice.bench.stack;

import io.sluice.ops.OperatorException;
import io.sluice.sandbox.process.Service;
import io.sluice.sandbox.stack.Stack;

/** Finds the processes of a running stack. */
final class Processes {
  private Processes() {}

  /**
   * The process of a service.
   *
   * @throws OperatorException if it does not run
   */
  static ProcessHandle of(Stack stack, Service service) {
    return stack.status().stream()
        .filter(status -> status.service() == service && status.pid() > 0)
        .findFirst()
        .flatMap(status -> ProcessHandle.of(status.pid()))
        .orElseThrow(() -> OperatorException.failed(service + " does not run"));
  }
}
