package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.sink.Schedule.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Leaves out of a failing schedule what it fails without: first in large pieces, then in smaller
 * ones, down to single steps (delta debugging, A. Zeller 1999).
 */
final class Shrinker {
  private Shrinker() {}

  /**
   * A schedule that still fails, but not if any single step of it is left out.
   *
   * @param fails whether a schedule fails in the same way
   */
  static Schedule shrink(Schedule failing, Predicate<Schedule> fails) {
    List<Step> steps = failing.steps();
    for (int piece = Math.max(1, steps.size() / 2); piece > 0; ) {
      List<Step> fewer = withoutAnyOf(failing, steps, piece, fails);
      if (fewer.size() == steps.size()) {
        piece /= 2;
      }
      steps = fewer;
    }
    return failing.with(steps);
  }

  /** Goes once through all pieces of this length, and leaves out those that are not needed. */
  private static List<Step> withoutAnyOf(
      Schedule failing, List<Step> steps, int piece, Predicate<Schedule> fails) {
    List<Step> left = steps;
    for (int from = 0; from < left.size(); ) {
      List<Step> fewer = new ArrayList<>(left.subList(0, from));
      fewer.addAll(left.subList(Math.min(left.size(), from + piece), left.size()));
      if (fails.test(failing.with(fewer))) {
        left = fewer;
      } else {
        from += piece;
      }
    }
    return left;
  }
}
