package io.sluice.bench;

import io.sluice.ops.OperatorException;
import io.sluice.ops.Pause;
import io.sluice.sandbox.Patience;
import io.sluice.sandbox.proxy.AccessLog;
import io.sluice.sandbox.stack.Stack;
import io.sluice.sandbox.stack.StateFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A running stack, and what experiments need of it beyond.
 *
 * @param stack with empty data
 * @param dir its state folder
 * @param progress takes a line per step
 */
public record BenchStack(Stack stack, Path dir, Consumer<String> progress) {
  private static final Duration LOOK = Duration.ofMillis(250);

  /** Without a new row for so many windows and the time of a restart, the rest does not come. */
  private static final int PATIENCE_WINDOWS = 3;

  private static final Duration RESTART = Duration.ofSeconds(90);

  public void tell(String line) {
    progress.accept(line);
  }

  public List<AccessLog.Entry> requests() {
    return AccessLog.read(new StateFolder(dir).proxyLog());
  }

  /** Waits until all is stored, or until nothing more comes. */
  public void drain(LongSupplier rows, BooleanSupplier isComplete, Runnable look) {
    Duration atMost = stack.options().window().multipliedBy(PATIENCE_WINDOWS).plus(RESTART);
    Patience patience = new Patience(atMost, System::nanoTime);
    while (!isComplete.getAsBoolean()) {
      if (patience.isOver(rows.getAsLong())) {
        tell("no new rows for %d s; auditing what is there".formatted(atMost.toSeconds()));
        return;
      }
      look.run();
    }
  }

  /**
   * Looks four times a second until there is something.
   *
   * @param otherwise what to say if it does not come in time
   * @throws OperatorException if it does not
   */
  public static <T> T await(
      Duration atMost, Supplier<Optional<T>> look, Supplier<String> otherwise) {
    long deadlineNanos = System.nanoTime() + atMost.toNanos();
    while (true) {
      Optional<T> seen = look.get();
      if (seen.isPresent()) {
        return seen.get();
      }
      if (System.nanoTime() - deadlineNanos > 0) {
        throw OperatorException.failed(otherwise.get());
      }
      Pause.of(LOOK);
    }
  }
}
