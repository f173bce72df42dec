package io.sluice.bench.soak;

import java.util.Locale;

/** A sample in one line, for people. */
final class ProgressLine {
  private static final double MIB = 1 << 20;

  private ProgressLine() {}

  static String of(Sample sample) {
    return String.format(
        Locale.ROOT,
        "%5.0f s | produced %,d | http_log %,d | totals %,d | buffer %.1f MiB, %.0f%%%s"
            + " | oldest %.0f s | heap %.0f MiB | checkpoint %,d ms"
            + " | requests %,d accepted, %,d turned away, %,d again%s",
        sample.seconds(),
        sample.rows().produced(),
        sample.rows().stored(),
        sample.rows().totals(),
        sample.buffer().bytes() / MIB,
        sample.buffer().share() * 100,
        sample.buffer().sourceHeld() ? ", SOURCE HELD" : "",
        sample.buffer().oldestUnsentSeconds(),
        sample.memory().heapUsed() / MIB,
        sample.checkpoint().durationMillis(),
        sample.requests().accepted(),
        sample.requests().turnedAway(),
        sample.requests().retried(),
        sample.kafka().deletedUncovered() > 0
            ? String.format(Locale.ROOT, " | DELETED %,d", sample.kafka().deletedUncovered())
            : "");
  }
}
