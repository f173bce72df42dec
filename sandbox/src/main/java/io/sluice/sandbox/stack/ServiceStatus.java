package io.sluice.sandbox.stack;

import io.sluice.sandbox.process.Service;
import io.sluice.sandbox.process.ServiceProcess;
import java.util.List;

/**
 * How one service is.
 *
 * @param pid 0 if it does not run
 * @param ready whether it answers
 */
public record ServiceStatus(Service service, long pid, boolean ready, List<Integer> ports) {
  static ServiceStatus of(ServiceProcess one) {
    return new ServiceStatus(
        one.service(),
        one.process().map(ProcessHandle::pid).orElse(0L),
        one.isReady(),
        one.ports());
  }

  /** "ready", "not answering" or "down". */
  public String describe() {
    return pid == 0 ? "down" : ready ? "ready" : "not answering";
  }
}
