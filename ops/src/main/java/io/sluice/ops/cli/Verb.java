package io.sluice.ops.cli;

import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the operator's verbs have in common: the deployment that is meant, and how they speak. */
@Command(showDefaultValues = true)
abstract class Verb implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin Deployment deployment;

  final void say(String line) {
    Terminal.result(spec, line);
  }

  final Consumer<String> progress() {
    return Terminal.progress(spec);
  }

  /** A value made of the arguments; what it refuses is wrong usage. */
  final <T> T checked(Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
