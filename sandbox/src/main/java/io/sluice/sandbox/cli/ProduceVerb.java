package io.sluice.sandbox.cli;

import io.sluice.ops.Json;
import io.sluice.ops.audit.ProducedRun;
import io.sluice.ops.cli.DurationConverter;
import io.sluice.ops.cli.Terminal;
import io.sluice.sandbox.kafka.KafkaTopics;
import io.sluice.sandbox.produce.LogProducer;
import io.sluice.sandbox.produce.ProduceOptions;
import io.sluice.sandbox.stack.StateFolder;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./sluice produce}. */
@Command(
    name = "produce",
    description = {
      "Produces synthetic logs, and counts what Kafka acknowledged.",
      "The last line is JSON; the audit knows it too."
    })
final class ProduceVerb implements Callable<Integer> {
  private static final String DEFAULT = " (default: ${DEFAULT-VALUE})";
  private static final long PROGRESS_SECONDS = 2;

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Option(
      names = "--records",
      defaultValue = "10000",
      description = "how many; 0 means until Ctrl-C" + DEFAULT)
  private long records;

  @Option(
      names = "--rate",
      defaultValue = "0",
      description = "records per second; 0 means as fast as Kafka takes them" + DEFAULT)
  private double recordsPerSecond;

  @Option(
      names = "--delay",
      converter = DurationConverter.class,
      description = "time between two records, instead of --rate; 0ms is as fast as can be")
  private Duration delay;

  @Option(
      names = "--brokers",
      paramLabel = "<host:port>",
      description = "a Kafka that is not of this stack; what it acknowledged is counted in --dir")
  private String brokers;

  @Option(
      names = "--malformed",
      defaultValue = "0",
      description = "how many of them cannot be decoded" + DEFAULT)
  private long malformed;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "the same seed gives the same records" + DEFAULT)
  private long seed;

  @Option(
      names = "--topic",
      defaultValue = KafkaTopics.HTTP_LOG,
      description = "where to" + DEFAULT)
  private String topic;

  @Option(
      names = "--no-ids",
      description =
          "do not end each URL in an id; the audit can then only compare counts, not records")
  private boolean noIds;

  @Override
  public Integer call() throws InterruptedException {
    LogProducer producer = producer(options());
    CountDownLatch done = new CountDownLatch(1);
    Thread onInterrupt = new Thread(() -> endEarly(producer, done));
    Runtime.getRuntime().addShutdownHook(onInterrupt);
    Thread progress = new Thread(() -> showProgress(producer, done));
    progress.setDaemon(true);
    progress.start();
    try {
      ProducedRun run = producer.run();
      Terminal.result(spec, Json.line(run));
      return run.inDoubt().isEmpty() ? 0 : 1;
    } finally {
      done.countDown();
    }
  }

  private LogProducer producer(ProduceOptions options) {
    return brokers == null
        ? common.attach(spec).newProducer(options)
        : new LogProducer(brokers, options, new StateFolder(common.path()).ledger());
  }

  private ProduceOptions options() {
    if (delay != null && recordsPerSecond != 0) {
      throw new ParameterException(spec.commandLine(), "--delay and --rate say the same; give one");
    }
    try {
      ProduceOptions options =
          new ProduceOptions(topic, records, recordsPerSecond, malformed, seed, !noIds);
      return delay == null ? options : options.withDelay(delay);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** Ctrl-C ends the run in order, so that the ledger is right. */
  private static void endEarly(LogProducer producer, CountDownLatch done) {
    producer.stop();
    try {
      done.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void showProgress(LogProducer producer, CountDownLatch done) {
    Consumer<String> progress = Terminal.progress(spec);
    try {
      while (!done.await(PROGRESS_SECONDS, TimeUnit.SECONDS)) {
        progress.accept("acknowledged %,d".formatted(producer.acknowledged()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
