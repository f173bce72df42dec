package io.sluice.ops;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits that end in an {@link OperatorException} if the thread is interrupted. */
public final class Pause {
  private Pause() {}

  public static void of(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      throw OperatorException.interrupted("waiting");
    }
  }

  /** Looks until something has happened; false if it has not within that time. */
  public static boolean until(BooleanSupplier happened, Duration lookEvery, Duration atMost) {
    long deadlineNanos = System.nanoTime() + atMost.toNanos();
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() - deadlineNanos > 0) {
        return false;
      }
      of(lookEvery);
    }
    return true;
  }

  /** Whether it happened within that time. */
  public static boolean until(CountDownLatch happened, Duration atMost) {
    try {
      return happened.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw OperatorException.interrupted("waiting");
    }
  }
}
