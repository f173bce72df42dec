package io.sluice.bench;

import io.sluice.ops.cli.Terminal;
import io.sluice.sandbox.cli.CommonOptions;
import io.sluice.sandbox.cli.OwnStack;
import io.sluice.sandbox.cli.StackFlags;
import io.sluice.sandbox.config.StackOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * A verb that runs an experiment on a stack in a folder of the state folder: the user's own data
 * stays. Its options are the experiment's.
 */
public abstract class ExperimentVerb implements Callable<Integer> {
  protected static final String DEFAULT = " (default: ${DEFAULT-VALUE})";

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;
  @Mixin private StackFlags flags;
  private OwnStack own;

  protected final StackOptions stackOptions() {
    return flags.toOptions(spec);
  }

  /**
   * Starts a stack with empty data, and ends it whatever happens.
   *
   * @param folder in the state folder
   */
  protected final <T> T onStack(
      String folder, StackOptions options, Function<BenchStack, T> experiment) {
    Path dir = common.path().resolve(folder);
    own = new OwnStack(common.home(), dir, Terminal.progress(spec));
    return own.with(options, stack -> experiment.apply(new BenchStack(stack, dir, own::tell)));
  }

  /** Prints results, and gives the exit code; the data stays if something was found. */
  protected final int end(boolean isGood, String... results) {
    for (String result : results) {
      Terminal.result(spec, result);
    }
    if (isGood) {
      own.deleteData();
    }
    return isGood ? 0 : 1;
  }

  protected final <T extends Comparable<T>> void require(String option, T value, T least, T most) {
    require(spec, option, value, least, most);
  }

  /** Makes a value out of range a usage error; null is none. */
  public static <T extends Comparable<T>> void require(
      CommandSpec verb, String option, T value, T least, T most) {
    if (value != null && (value.compareTo(least) < 0 || value.compareTo(most) > 0)) {
      throw new ParameterException(
          verb.commandLine(), option + " is " + value + ", must be " + least + " to " + most);
    }
  }

  /** Writes what was measured where the user wants it; nowhere if {@code file} is null. */
  public static void write(Path file, Supplier<String> text) {
    if (file != null) {
      try {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text.get());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write " + file, e);
      }
    }
  }
}
