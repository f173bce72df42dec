package io.sluice.ops.drain;

import io.sluice.ops.Pause;
import io.sluice.ops.kafka.KafkaAccess;
import io.sluice.ops.kafka.UnreadMessages;
import io.sluice.ops.metrics.Lanes;
import io.sluice.ops.metrics.RunningJob;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Waits for the moment when a job could be ended for good: its committed offsets are at the end of
 * the topic, it buffers no row, and it has no request that may come again. Then even its savepoint
 * holds nothing that ClickHouse has not. While one lane does not report, that is not known.
 *
 * @param group under which the job commits what it has read
 * @param progress takes a line every few seconds
 */
public record Drain(
    KafkaAccess kafka, String topic, String group, RunningJob job, Consumer<String> progress) {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final int LOOKS_PER_LINE = 5;

  /** Whether that moment came in time. */
  public boolean await(Duration atMost) {
    long deadlineNanos = System.nanoTime() + atMost.toNanos();
    for (int look = 0; !isDrained(look % LOOKS_PER_LINE == 0); look++) {
      if (System.nanoTime() - deadlineNanos > 0) {
        return false;
      }
      Pause.of(LOOK_EVERY);
    }
    return true;
  }

  /** Unread first: what is read after that look was not there, or is buffered by the next one. */
  private boolean isDrained(boolean tell) {
    boolean unread = UnreadMessages.any(kafka, topic, group);
    Lanes lanes = job.lanes();
    OptionalLong rows = lanes.bufferedRows();
    OptionalLong inDoubt = lanes.requestsInDoubt();
    if (tell) {
      progress.accept(
          rows.isEmpty() || inDoubt.isEmpty()
              ? "what the job buffers is not known: " + lanes.unknownBecause()
              : "%s | buffered rows %,d | requests in doubt %,d"
                  .formatted(
                      unread ? "Kafka has more" : "all is read",
                      rows.getAsLong(),
                      inDoubt.getAsLong()));
    }
    return !unread && rows.orElse(-1) == 0 && inDoubt.orElse(-1) == 0;
  }
}
