package io.sluice.clickhouse.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * All that chance decides in one run. The steps do not depend on what they meet: one that has
 * nothing to do does nothing, so any of them can be left out and the rest still makes a run.
 *
 * @param seed of everything else: sizes, jitter, the order of restored state
 */
record Schedule(long seed, List<Step> steps) {
  private static final int STEPS = 160;

  /**
   * One action.
   *
   * @param choice 0 to 65,535: how many, how long, which one
   */
  record Step(Action action, int choice) {
    @Override
    public String toString() {
      return action + " " + choice;
    }
  }

  Schedule {
    steps = List.copyOf(steps);
  }

  static Schedule of(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Step> steps = new ArrayList<>(STEPS);
    for (int i = 0; i < STEPS; i++) {
      int bits = random.nextInt();
      steps.add(new Step(Action.of(bits >>> 16), bits & 0xffff));
    }
    return new Schedule(seed, steps);
  }

  Schedule with(List<Step> fewer) {
    return new Schedule(seed, fewer);
  }
}
