package io.sluice.sandbox.cli;

import io.sluice.sandbox.bench.BenchStack;
import io.sluice.sandbox.config.Home;
import io.sluice.sandbox.config.StackOptions;
import io.sluice.sandbox.stack.Stack;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A stack that a verb starts for itself with empty data and ends whatever happens, Ctrl-C included.
 * It lives in {@code bench/} of the state folder, so that the data of the user's own stack stays.
 */
final class OwnStack {
  private final Home home;
  private final Path dir;
  private final Consumer<String> progress;
  private final AtomicReference<Stack> running = new AtomicReference<>();
  private volatile boolean interrupted;

  OwnStack(CommonOptions common, Consumer<String> progress) {
    this.home = common.home();
    this.dir = common.path().resolve("bench");
    this.progress = progress;
  }

  /**
   * Starts the stack, does something on it, ends it, and deletes its data if all went well; after
   * an error data and logs stay, to be looked at.
   */
  <T> T with(StackOptions options, Function<BenchStack, T> action) {
    Stack.deleteData(home, dir);
    Runtime.getRuntime().addShutdownHook(new Thread(this::endEarly, "sluice-interrupt"));
    T result;
    try {
      Stack stack = Stack.prepare(home, dir, options, this::tell);
      running.set(stack);
      stack.startUp();
      result = action.apply(new BenchStack(stack, dir, this::tell));
    } finally {
      end();
    }
    Stack.deleteData(home, dir);
    return result;
  }

  private void tell(String line) {
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
