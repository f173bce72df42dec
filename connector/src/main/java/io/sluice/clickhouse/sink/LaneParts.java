package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.http.ClickHouseClient;
import io.sluice.clickhouse.http.Endpoint;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What a lane is made with, beside its settings: clocks, randomness, network and threads. Handed
 * in, so that tests run it for simulated years on a virtual clock.
 *
 * @param nanoTime a monotonic clock, for windows and delays
 * @param epochMilli the time of day, for the age of rows
 * @param tokens gives a token that was never used before, at each call
 * @param jitter spreads retries
 * @param clients opens a way to an endpoint
 * @param requestThreads makes the one thread, of the given name, that a lane's requests run on
 * @param bufferMemory what the lanes of this JVM may buffer
 */
record LaneParts(
    LongSupplier nanoTime,
    LongSupplier epochMilli,
    Supplier<String> tokens,
    RandomGenerator jitter,
    Function<Endpoint, ClickHouseClient> clients,
    Function<String, ExecutorService> requestThreads,
    BufferMemory bufferMemory) {

  /** The machine's clocks, random tokens, and the network. */
  static LaneParts real() {
    return new LaneParts(
        System::nanoTime,
        System::currentTimeMillis,
        () -> UUID.randomUUID().toString(),
        RandomGenerator.getDefault(),
        ClickHouseClient::new,
        LaneParts::daemonThread,
        BufferMemory.OF_THE_JVM);
  }

  private static ExecutorService daemonThread(String name) {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }
}
