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
 * All that a lane takes from the world around it, beside Flink: time, chance, and a way out. Handed
 * in, so that a lane can live through years in a second under a clock of somebody else's.
 *
 * @param nanoTime a monotonic clock, for windows and delays
 * @param epochMilli the time of day, for the age of rows
 * @param tokens gives a token that was never used before, at each call
 * @param jitter spreads retries
 * @param clients opens a way to an endpoint
 * @param requestThreads makes the one thread, of the given name, that a lane's requests run on
 * @param bufferMemory what the lanes of this JVM may buffer
 */
record Surroundings(
    LongSupplier nanoTime,
    LongSupplier epochMilli,
    Supplier<String> tokens,
    RandomGenerator jitter,
    Function<Endpoint, ClickHouseClient> clients,
    Function<String, ExecutorService> requestThreads,
    BufferMemory bufferMemory) {

  /** The machine's clocks, random tokens, and the network. */
  static Surroundings real() {
    return new Surroundings(
        System::nanoTime,
        System::currentTimeMillis,
        () -> UUID.randomUUID().toString(),
        RandomGenerator.getDefault(),
        ClickHouseClient::new,
        Surroundings::daemonThread,
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
