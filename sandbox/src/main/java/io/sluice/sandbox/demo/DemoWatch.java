package io.sluice.sandbox.demo;

import io.sluice.ops.OperatorException;
import io.sluice.ops.audit.Audit;
import io.sluice.ops.audit.AuditReport;
import io.sluice.ops.metrics.JobMetrics;
import io.sluice.ops.metrics.RisingCounter;
import io.sluice.sandbox.stack.Stack;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Looks at the pipeline while the demo runs: the job's metrics, and the rows in ClickHouse. Either
 * may be away for a while, since the demo is there to be shot at. Not thread-safe.
 */
final class DemoWatch {
  private final Stack stack;
  private final Audit audit;
  private final long jobStartNanos;

  private final RisingCounter accepted = new RisingCounter();

  /** Turned away because the window was not open yet. */
  private final RisingCounter tooEarly = new RisingCounter();

  private Optional<JobMetrics> metrics = Optional.empty();
  private long rows;
  private long totals;
  private Double firstRowsSeconds;

  /**
   * Looks at nothing yet.
   *
   * @param jobStartNanos when the job was started, by {@link System#nanoTime}
   */
  DemoWatch(Stack stack, long jobStartNanos) {
    this.stack = stack;
    this.audit = new Audit(stack.clickHouse());
    this.jobStartNanos = jobStartNanos;
  }

  /** Takes new readings. */
  void look() {
    try {
      rows = audit.rows();
      totals = audit.totals();
    } catch (OperatorException clickHouseIsAway) {
      // The last readings stay.
    }
    if (rows > 0 && firstRowsSeconds == null) {
      firstRowsSeconds = secondsOfJob();
    }
    Optional<JobMetrics> now = stack.metrics();
    now.ifPresent(
        found -> {
          accepted.read(found.sum("requestsAccepted"));
          tooEarly.read(found.sum("requestsTooEarly"));
        });
    metrics = now.or(() -> metrics);
  }

  /** Of the rows in ClickHouse, those that are in the totals too. */
  long rows() {
    return Math.min(rows, totals);
  }

  Double firstRowsSeconds() {
    return firstRowsSeconds;
  }

  DemoResult result(AuditReport audit) {
    return new DemoResult(
        audit.produced(),
        audit.stored(),
        audit.totals(),
        audit.lost(),
        audit.duplicated(),
        accepted.sum(),
        tooEarly.sum(),
        firstRowsSeconds,
        latencySeconds("0.5"),
        latencySeconds("0.95"),
        latencySeconds("0.99"),
        audit.isClean());
  }

  private Double latencySeconds(String quantile) {
    OptionalDouble seconds =
        metrics.map(found -> found.latencySeconds(quantile)).orElse(OptionalDouble.empty());
    return seconds.isPresent() ? Math.round(seconds.getAsDouble() * 10) / 10.0 : null;
  }

  private double secondsOfJob() {
    return Math.round((System.nanoTime() - jobStartNanos) / 1e8) / 10.0;
  }

  /** One line of progress. */
  String describe(long produced) {
    long buffered =
        metrics.map(found -> found.sum("unencodedRows") + found.sum("openRows")).orElse(0L);
    long frozen = metrics.map(found -> found.sum("frozenRows")).orElse(0L);
    OptionalDouble window =
        metrics.map(found -> found.max("secondsToNextWindow")).orElse(OptionalDouble.empty());
    return String.format(
        Locale.ROOT,
        "%5.0f s | produced %,d | buffered %,d | frozen %,d | next window %s"
            + " | requests %,d accepted, %,d turned away | http_log %,d | totals %,d",
        secondsOfJob(),
        produced,
        buffered,
        frozen,
        window.isPresent()
            ? String.format(Locale.ROOT, "%2.0f s", Math.max(0, window.getAsDouble()))
            : "?",
        accepted.sum(),
        tooEarly.sum(),
        rows,
        totals);
  }
}
