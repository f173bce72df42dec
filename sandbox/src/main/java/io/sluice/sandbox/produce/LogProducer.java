package io.sluice.sandbox.produce;

import io.sluice.ops.OperatorException;
import io.sluice.ops.audit.Ledger;
import io.sluice.ops.audit.ProducedRun;
import io.sluice.ops.audit.TraceId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Produces synthetic logs and counts what Kafka acknowledged: with {@code acks=all}, idempotence
 * and patience without end, so that a broker that is killed and started again costs time but no
 * record and no certainty.
 *
 * <p>One run per object: {@link #run} on one thread, {@link #stop} and the counters from any.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the callback gets all that the future has
public final class LogProducer {
  private static final long PAUSE_NANOS = 2_000_000;
  private static final Duration FLUSH_WITHIN = Duration.ofSeconds(30);

  /** How often the ledger is brought up to date while the run goes on. */
  private static final long LEDGER_NANOS = Duration.ofSeconds(5).toNanos();

  private final String brokers;
  private final ProduceOptions options;
  private final Path ledgerFile;
  private final int run;
  private final long startedEpochMilli;

  private final AtomicLong good = new AtomicLong();
  private final AtomicLong malformed = new AtomicLong();
  private final AtomicLong bytesSent = new AtomicLong();
  private final Queue<Long> inDoubt = new ConcurrentLinkedQueue<>();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private volatile boolean stopped;

  /**
   * A producer that will enter its run into a ledger.
   *
   * @param ledgerFile see {@link Ledger}
   */
  public LogProducer(String brokers, ProduceOptions options, Path ledgerFile) {
    this.brokers = brokers;
    this.options = options;
    this.ledgerFile = ledgerFile;
    ProducedRun opened = Ledger.open(ledgerFile, options.seed(), options.traceable());
    this.run = opened.run();
    this.startedEpochMilli = opened.startedEpochMilli();
  }

  /** Messages acknowledged so far. */
  public long acknowledged() {
    return good.get() + malformed.get();
  }

  /** Ends the run soon; what was sent is still waited for. */
  public void stop() {
    stopped = true;
  }

  /**
   * Produces until all is sent or {@link #stop} is called.
   *
   * @throws OperatorException if Kafka refuses a record for good
   */
  public ProducedRun run() {
    KafkaProducer<byte[], byte[]> kafka = new KafkaProducer<>(settings());
    try {
      sendAll(kafka);
    } finally {
      // What is not acknowledged by then fails its callback, and is in doubt.
      kafka.close(FLUSH_WITHIN);
      Ledger.update(ledgerFile, result(true));
    }
    if (failure.get() != null && !stopped) {
      throw new OperatorException(
          OperatorException.Kind.FAILED,
          "kafka refused a record: " + failure.get().getMessage(),
          failure.get());
    }
    return result(true);
  }

  private void sendAll(KafkaProducer<byte[], byte[]> kafka) {
    EdgeTraffic traffic = new EdgeTraffic(options.seed());
    long startNanos = System.nanoTime();
    long ledgerDueNanos = LEDGER_NANOS;
    long goodOnes = 0;
    long index = 0;
    while (!stopped
        && failure.get() == null
        && (options.records() == 0 || index < options.records())) {
      long elapsedNanos = System.nanoTime() - startNanos;
      if (elapsedNanos >= ledgerDueNanos) {
        Ledger.update(ledgerFile, result(false));
        ledgerDueNanos = elapsedNanos + LEDGER_NANOS;
      }
      if (index >= options.dueAfter(elapsedNanos)) {
        LockSupport.parkNanos(PAUSE_NANOS);
        continue;
      }
      long now = System.currentTimeMillis();
      if (options.isMalformed(index)) {
        byte[] message = HttpLogMessage.malformed(index - goodOnes, traffic.next(now, ""));
        send(kafka, message, malformed::incrementAndGet, () -> {});
      } else {
        long id = goodOnes++;
        String mark = options.traceable() ? new TraceId(run, id).toString() : "";
        EdgeRequest request = traffic.next(now, mark);
        send(
            kafka,
            HttpLogMessage.encode(request),
            () -> {
              good.incrementAndGet();
              bytesSent.addAndGet(request.bytesSent());
            },
            () -> inDoubt.add(id));
      }
      index++;
    }
  }

  private void send(
      KafkaProducer<byte[], byte[]> kafka, byte[] message, Runnable acknowledged, Runnable failed) {
    kafka.send(
        new ProducerRecord<>(options.topic(), message),
        (metadata, error) -> {
          if (error == null) {
            acknowledged.run();
          } else {
            failed.run();
            failure.compareAndSet(null, error);
          }
        });
  }

  private ProducedRun result(boolean finished) {
    long goodNow = good.get();
    long malformedNow = malformed.get();
    return new ProducedRun(
        run,
        options.seed(),
        goodNow + malformedNow,
        goodNow,
        malformedNow,
        bytesSent.get(),
        inDoubt.stream().sorted().toList(),
        options.traceable(),
        finished,
        startedEpochMilli);
  }

  private Map<String, Object> settings() {
    return Map.of(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
        brokers,
        ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
        ByteArraySerializer.class,
        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
        ByteArraySerializer.class,
        ProducerConfig.ACKS_CONFIG,
        "all",
        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
        true,
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
        Integer.MAX_VALUE,
        ProducerConfig.MAX_BLOCK_MS_CONFIG,
        Long.MAX_VALUE,
        ProducerConfig.LINGER_MS_CONFIG,
        20,
        ProducerConfig.BATCH_SIZE_CONFIG,
        256 * 1024);
  }
}
