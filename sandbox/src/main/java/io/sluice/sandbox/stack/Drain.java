package io.sluice.sandbox.stack;

import io.sluice.sandbox.Pause;
import io.sluice.sandbox.kafka.KafkaTopics;
import io.sluice.sandbox.kafka.UnreadMessages;
import io.sluice.sandbox.metrics.JobMetrics;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Waits for the moment when a stack could be ended for good: the job's committed offsets are at the
 * end of the topic, it buffers no row, and it has no request that may come again. Then even its
 * savepoint holds nothing that ClickHouse has not.
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
    Optional<JobMetrics> metrics = stack.metrics();
    long rows = metrics.map(Drain::bufferedRows).orElse(-1L);
    long inDoubt = metrics.map(each -> each.sum("requestsInDoubt")).orElse(-1L);
    if (tell) {
      progress.accept(
          metrics.isEmpty()
              ? "the job does not say what it buffers"
              : "%s | buffered rows %,d | requests in doubt %,d"
                  .formatted(unread ? "Kafka has more" : "all is read", rows, inDoubt));
    }
    return !unread && rows == 0 && inDoubt == 0;
  }

  private static long bufferedRows(JobMetrics metrics) {
    return metrics.sum("unencodedRows") + metrics.sum("openRows") + metrics.sum("frozenRows");
  }
}
