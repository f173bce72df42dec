package io.sluice.sandbox.cli;

import io.sluice.ops.Json;
import io.sluice.ops.Pause;
import io.sluice.ops.audit.ProducedRun;
import io.sluice.ops.cli.DurationConverter;
import io.sluice.ops.cli.Terminal;
import io.sluice.sandbox.kafka.KafkaTopics;
import io.sluice.sandbox.produce.Load;
import io.sluice.sandbox.produce.LogProducer;
import io.sluice.sandbox.produce.ProduceOptions;
import io.sluice.sandbox.stack.StateFolder;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final int LOOKS_PER_LINE = 40;
  private static final Duration END_WITHIN = Duration.ofMinutes(1);

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
  public Integer call() {
    LogProducer producer = producer(options());
    CountDownLatch done = new CountDownLatch(1);
    // Ctrl-C ends the run in order, so that the ledger is right.
    Thread onInterrupt =
        new Thread(
            () -> {
              producer.stop();
              Pause.until(done, END_WITHIN);
            });
    Runtime.getRuntime().addShutdownHook(onInterrupt);
    try (Load load = Load.start(producer)) {
      for (int look = 1; !load.hasEnded(); look++) {
        Pause.of(LOOK);
        if (look % LOOKS_PER_LINE == 0) {
          Terminal.progress(spec).accept("acknowledged %,d".formatted(load.acknowledged()));
        }
      }
      ProducedRun run = load.end();
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
}
