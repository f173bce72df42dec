package io.sluice.ops.rebuild;

import io.sluice.ops.OperatorException;
import io.sluice.ops.Pause;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Whether the job may send a batch again of which ClickHouse has rows: the gauge {@code
 * requestsInDoubt}.
 */
public final class JobDoubt {
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  private final Supplier<OptionalLong> gauge;

  private JobDoubt(Supplier<OptionalLong> gauge) {
    this.gauge = gauge;
  }

  /**
   * Of a job that runs.
   *
   * @param gauge over all lanes; empty if the job cannot be asked
   */
  public static JobDoubt of(Supplier<OptionalLong> gauge) {
    return new JobDoubt(gauge);
  }

  /** Nothing writes; whoever says so vouches for it. */
  public static JobDoubt none() {
    return new JobDoubt(() -> OptionalLong.of(0));
  }

  /**
   * Makes sure that the job can be asked.
   *
   * @throws OperatorException if it cannot
   */
  void require() {
    if (gauge.get().isEmpty()) {
      throw OperatorException.wrongState(
          "not every lane of the job runs and shows its metrics, so nobody knows which batches it will"
              + " send again; start the job, or say --no-job if nothing writes to ClickHouse and nothing that did has a"
              + " request of unknown fate");
    }
  }

  /** Waits until nothing is in doubt; whether that happened in time. */
  boolean ends(Duration within, Runnable eachTime) {
    long deadline = System.nanoTime() + within.toNanos();
    while (true) {
      eachTime.run();
      OptionalLong batches = gauge.get();
      if (batches.isPresent() && batches.getAsLong() == 0) {
        return true;
      }
      if (System.nanoTime() > deadline) {
        return false;
      }
      Pause.of(LOOK_EVERY);
    }
  }
}
