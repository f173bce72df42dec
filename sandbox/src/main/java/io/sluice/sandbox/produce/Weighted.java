package io.sluice.sandbox.produce;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A choice among values, each as likely as its weight says. */
final class Weighted<T> {
  /** Each value as often as its weight. */
  private final List<T> tickets = new ArrayList<>();

  Weighted<T> add(int weight, T value) {
    for (int i = 0; i < weight; i++) {
      tickets.add(value);
    }
    return this;
  }

  T pick(SplittableRandom random) {
    return tickets.get(random.nextInt(tickets.size()));
  }
}
