package io.sluice.sandbox.process;

import java.time.Duration;
import java.util.List;

/** How one service is started, and how it says that it is ready. */
public interface ManagedService {
  Service service();

  /** The ports it will listen on. */
  List<PortClaim> ports();

  /**
   * Writes configuration, formats storage, and says what to start. Called before every start, on
   * the data of the last run too.
   */
  Command prepare();

  /** Asks the service itself whether it can do its work now; false while it cannot be reached. */
  boolean isReady();

  /** How long a start may add nothing to the log, from a loaded machine too. */
  default Duration silentWithin() {
    return Duration.ofSeconds(90);
  }

  /** How long a start may take though the log grows: some servers complain for ever. */
  default Duration readyWithin() {
    return Duration.ofMinutes(15);
  }
}
