package io.sluice.sandbox.stack;

import io.sluice.sandbox.process.Service;
import java.util.List;

/**
 * How one service is.
 *
 * @param pid 0 if it does not run
 * @param ready whether it answers
 */
public record ServiceStatus(Service service, long pid, boolean ready, List<Integer> ports) {
  public ServiceStatus {
    ports = List.copyOf(ports);
  }

  /** "ready", "not answering" or "down". */
  public String describe() {
    return pid == 0 ? "down" : ready ? "ready" : "not answering";
  }
}
