package io.sluice.bench.queries;

/**
 * A range of time.
 *
 * @param from the first second, since 1970
 * @param to the second after the last
 */
record Window(long from, long to) {
  Window {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException(
          "window is %d to %d, must be above 0 and in order".formatted(from, to));
    }
  }

  /** Widened to whole steps, as {@code traffic} does. */
  Window widened(Step step) {
    return new Window(step.floor(from), step.ceiling(to));
  }
}
