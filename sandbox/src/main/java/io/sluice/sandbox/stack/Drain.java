package io.sluice.sandbox.stack;

import io.sluice.sandbox.Pause;
import io.sluice.sandbox.kafka.KafkaTopics;
import io.sluice.sandbox.kafka.UnreadMessages;
import io.sluice.sandbox.metrics.Lanes;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Waits for the moment when a stack could be ended for good: the job's committed offsets are at the
 * end of the topic, it buffers no row, and it has no request that may come again. Then even its
 * savepoint holds nothing that ClickHouse has not. While one lane does not report, that is not
 * known.
 */
public final class Drain {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final int LOOKS_PER_LINE = 5;

  private final Stack stack;
  private final Consumer<String> progress;

  /**
   * @param progress takes a line every few seconds
   */
  public Drain(Stack stack, Consumer<String> progress) {
    this.stack = stack;
    this.progress = progress;
  }

  /** Whether that moment came in time. */
  public boolean await(Duration atMost) {
    stack.jobs().running();
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
    boolean unread =
        UnreadMessages.any(
            stack.options().ports().kafkaBrokers(), KafkaTopics.HTTP_LOG, KafkaTopics.JOB_GROUP);
    Lanes lanes = stack.lanes();
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
