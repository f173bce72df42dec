package io.sluice.sandbox.chaos;

import io.sluice.sandbox.SandboxException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets time pass. */
final class Pause {
  private Pause() {}

  static void of(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      throw SandboxException.interrupted("waiting");
    }
  }

  /** Whether it happened within that time. */
  static boolean until(CountDownLatch happened, Duration atMost) {
    try {
      return happened.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw SandboxException.interrupted("waiting");
    }
  }
}
