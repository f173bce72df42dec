package io.sluice.sandbox.bench;

import io.sluice.sandbox.SandboxException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The time between two looks at something that cannot call back. */
final class Pause {
  private Pause() {}

  static void of(Duration duration) {
    try {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    } catch (InterruptedException e) {
      throw SandboxException.interrupted("measuring");
    }
  }
}
