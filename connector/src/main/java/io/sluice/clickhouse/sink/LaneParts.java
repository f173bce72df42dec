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
import org.apache.hc.core5.concurrent.DefaultThreadFactory;

/**
 * What a lane is made with, beside its settings: clocks, randomness, network and threads. Handed
 * in, so that tests run it for simulated years on a virtual clock.
 *
 * @param nanoTime for windows and delays
 * @param epochMilli for the age of rows
 * @param tokens gives a token that was never used before, at each call
 * @param requestThreads makes the one thread, of the given name, that a lane's requests run on
 */
record LaneParts(
    LongSupplier nanoTime,
    LongSupplier epochMilli,
    Supplier<String> tokens,
    RandomGenerator jitter,
    Function<Endpoint, ClickHouseClient> clients,
    Function<String, ExecutorService> requestThreads,
    BufferMemory bufferMemory) {

  static LaneParts real() {
    return new LaneParts(
        System::nanoTime,
        System::currentTimeMillis,
        () -> UUID.randomUUID().toString(),
        RandomGenerator.getDefault(),
        ClickHouseClient::new,
        name -> Executors.newSingleThreadExecutor(new DefaultThreadFactory(name, true)),
        BufferMemory.OF_THE_JVM);
  }
}
