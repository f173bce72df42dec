package io.sluice.bench.cli;

import io.sluice.bench.stack.BenchStack;
import io.sluice.sandbox.cli.CommonOptions;
import io.sluice.sandbox.cli.OwnStack;
import io.sluice.sandbox.config.StackOptions;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;

/** Runs a benchmark on a stack in {@code bench/} of the state folder: the user's own data stays. */
final class BenchRun {
  private BenchRun() {}

  /** The benchmark's data is deleted if all went well; after an error it stays. */
  static <T> T on(
      CommonOptions common,
      StackOptions options,
      Consumer<String> progress,
      Function<BenchStack, T> bench) {
    Path dir = common.path().resolve("bench");
    OwnStack own = new OwnStack(common.home(), dir, progress);
    T result = own.with(options, stack -> bench.apply(new BenchStack(stack, dir, own::tell)));
    own.deleteData();
    return result;
  }
}
