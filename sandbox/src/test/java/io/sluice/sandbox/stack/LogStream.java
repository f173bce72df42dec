package io.sluice.sandbox.stack;

import static org.awaitility.Awaitility.await;

import io.sluice.ops.audit.ProducedRun;
import io.sluice.sandbox.produce.LogProducer;
import io.sluice.sandbox.produce.ProduceOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Logs that are produced at a steady rate while a test does something else. */
final class LogStream {
  private final Stack stack;
  private final LogProducer producer;
  private final CompletableFuture<ProducedRun> run;

  LogStream(Stack stack, double recordsPerSecond) {
    this.stack = stack;
    this.producer = stack.newProducer(ProduceOptions.untilStopped(recordsPerSecond));
    this.run = CompletableFuture.supplyAsync(producer::run);
  }

  long acknowledged() {
    return producer.acknowledged();
  }

  /** Ends it, if it has not ended yet. */
  ProducedRun stop() throws Exception {
    producer.stop();
    return run.get();
  }

  /** Waits until rows of one more request at least are stored. */
  void waitForARequest() {
    long before = storedRows();
    await()
        .pollInterval(Duration.ofMillis(200))
        .atMost(Duration.ofSeconds(60))
        .until(() -> storedRows() > before);
  }

  long storedRows() {
    return Long.parseLong(stack.sql("SELECT count() FROM logs.http_log").strip());
  }
}
