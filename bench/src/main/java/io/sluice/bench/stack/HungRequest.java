package io.sluice.bench.stack;

import io.sluice.sandbox.proxy.AccessLog;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The request that hung, as the proxy saw it. */
record HungRequest(double seconds, long endEpochMilli) {
  /** The longest that was accepted; empty if there is none yet. */
  static Optional<HungRequest> in(List<AccessLog.Entry> answered) {
    return answered.stream()
        .filter(request -> request.status() == 200)
        .max(Comparator.comparingLong(AccessLog.Entry::durationMilli))
        .map(request -> new HungRequest(request.durationMilli() / 1e3, request.endEpochMilli()));
  }
}
