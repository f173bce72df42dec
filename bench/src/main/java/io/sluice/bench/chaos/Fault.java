package io.sluice.bench.chaos;

import java.time.Duration;
import java.util.Optional;

/**
 * One planned fault.
 *
 * @param pause to let pass before it
 * @param route where, if its kind is for a route
 * @param lasts how long a process is away or paused, or a route disturbed
 * @param fraction 0 to 1, for what else is to be drawn when it happens
 */
record Fault(
    FaultKind kind, Duration pause, Optional<Route> route, Duration lasts, double fraction) {

  /** "cut (job to kafka)". */
  String title() {
    return kind + route.map(where -> " (" + where + ")").orElse("");
  }
}
