package io.sluice.sandbox.produce;

import io.sluice.ops.audit.ProducedRun;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A producer that runs on a thread of its own until it is ended. Thread-safe. */
public final class Load implements AutoCloseable {
  private final LogProducer producer;
  private final CompletableFuture<ProducedRun> run;

  private Load(LogProducer producer) {
    this.producer = producer;
    this.run = CompletableFuture.supplyAsync(producer::run);
  }

  /**
   * Starts it.
   *
   * @param producer one that has not run
   */
  public static Load start(LogProducer producer) {
    return new Load(producer);
  }

  /** Messages acknowledged so far. */
  public long acknowledged() {
    return producer.acknowledged();
  }

  /** Whether it came to an end by itself. */
  public boolean hasEnded() {
    return run.isDone();
  }

  /**
   * Ends it and waits for what was sent.
   *
   * @throws io.sluice.ops.OperatorException if Kafka refused a record for good
   */
  public ProducedRun end() {
    producer.stop();
    try {
      return run.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
  }

  /** Ends it soon, without waiting. */
  @Override
  public void close() {
    producer.stop();
  }
}
