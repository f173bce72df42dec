package io.sluice.sandbox.cli;

import io.sluice.sandbox.config.Home;
import io.sluice.sandbox.config.StackOptions;
import io.sluice.sandbox.stack.Stack;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A stack that a verb starts for itself with empty data and ends whatever happens, Ctrl-C included.
 * Its data and logs stay, to be looked at.
 */
public final class OwnStack {
  private final Home home;
  private final Path dir;
  private final Consumer<String> progress;
  private final AtomicReference<Stack> running = new AtomicReference<>();
  private volatile boolean interrupted;

  public OwnStack(Home home, Path dir, Consumer<String> progress) {
    this.home = home;
    this.dir = dir;
    this.progress = progress;
  }

  /** Deletes older data, starts the stack, does something on it, and ends it. */
  public <T> T with(StackOptions options, Function<Stack, T> action) {
    deleteData();
    Runtime.getRuntime().addShutdownHook(new Thread(this::endEarly, "sluice-interrupt"));
    try {
      // Known before it has started, so that Ctrl-C in the middle of the start ends it too.
      Stack stack = Stack.prepare(home, dir, options, this::tell);
      running.set(stack);
      stack.startUp();
      return action.apply(stack);
    } finally {
      end();
    }
  }

  /** Leaves the processes running; to be called in the action. */
  public void keep() {
    running.set(null);
  }

  public void deleteData() {
    Stack.deleteData(home, dir);
  }

  /** Shows a line of progress, but none after Ctrl-C. */
  public void tell(String line) {
    if (!interrupted) {
      progress.accept(line);
    }
  }

  private void endEarly() {
    if (running.get() != null) {
      interrupted = true;
      progress.accept("interrupted; ending all processes");
      end();
    }
  }

  private void end() {
    Stack stack = running.getAndSet(null);
    if (stack != null) {
      stack.close();
    }
  }
}
