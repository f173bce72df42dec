package io.sluice.bench.soak;

import io.sluice.ops.flink.CheckpointRecord;
import java.util.Locale;

/**
 * Everything at one moment. What could not be asked is as it was the last time.
 *
 * @param seconds since the first record
 * @param checkpoint the last one that completed
 */
record Sample(
    double seconds,
    Rows rows,
    Buffer buffer,
    Kafka kafka,
    Memory memory,
    Requests requests,
    Latency latency,
    CheckpointRecord checkpoint) {
  private static final double MIB = 1 << 20;

  /** Records that Kafka acknowledged, rows in {@code http_log}, and requests in the totals. */
  record Rows(long produced, long stored, long totals) {}

  /**
   * What the job keeps.
   *
   * @param limitBytes from which on the source is held
   * @param oldestUnsentSeconds the age of the oldest row that is not acknowledged
   */
  record Buffer(
      long openBytes,
      long frozenBytes,
      long limitBytes,
      double oldestUnsentSeconds,
      boolean sourceHeld) {
    static final Buffer UNKNOWN = new Buffer(0, 0, 0, 0, false);

    long bytes() {
      return openBytes + frozenBytes;
    }

    double share() {
      return limitBytes == 0 ? 0 : (double) bytes() / limitBytes;
    }
  }

  /**
   * @param uncovered messages that no checkpoint covers yet
   * @param deletedUncovered those of them that Kafka has deleted meanwhile: lost, but for what the
   *     job had fetched
   */
  record Kafka(long uncovered, long deletedUncovered) {
    static final Kafka UNKNOWN = new Kafka(0, 0);
  }

  /**
   * In bytes; NaN where it is not known.
   *
   * @param heapFloor the heap in use after the last collection
   * @param residentBytes of the TaskManager's whole process
   */
  record Memory(
      double heapUsed, double heapFloor, double residentBytes, double jobManagerHeapUsed) {}

  /** Requests to the proxy so far. */
  record Requests(long accepted, long turnedAway, long retried) {
    static final Requests NONE = new Requests(0, 0, 0);
  }

  /** Age of rows at the acknowledgement, as the job measures it, in seconds; NaN if not known. */
  record Latency(double p50, double p95, double p99) {
    static final Latency UNKNOWN = new Latency(Double.NaN, Double.NaN, Double.NaN);
  }

  /** In one line, for people. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%5.0f s | produced %,d | http_log %,d | totals %,d | buffer %.1f MiB, %.0f%%%s"
            + " | oldest %.0f s | heap %.0f MiB | checkpoint %,d ms"
            + " | requests %,d accepted, %,d turned away, %,d again%s",
        seconds(),
        rows().produced(),
        rows().stored(),
        rows().totals(),
        buffer().bytes() / MIB,
        buffer().share() * 100,
        buffer().sourceHeld() ? ", SOURCE HELD" : "",
        buffer().oldestUnsentSeconds(),
        memory().heapUsed() / MIB,
        checkpoint().durationMillis(),
        requests().accepted(),
        requests().turnedAway(),
        requests().retried(),
        kafka().deletedUncovered() > 0
            ? String.format(Locale.ROOT, " | DELETED %,d", kafka().deletedUncovered())
            : "");
  }
}
