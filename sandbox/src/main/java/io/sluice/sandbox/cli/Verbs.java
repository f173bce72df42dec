package io.sluice.sandbox.cli;

import java.util.List;

/** More verbs for the command line, of another module; found by {@link java.util.ServiceLoader}. */
public interface Verbs {
  /** Objects or classes with picocli's {@code @Command}. */
  List<Class<?>> verbs();
}
