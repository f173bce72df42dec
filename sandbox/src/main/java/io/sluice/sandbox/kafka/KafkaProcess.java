package io.sluice.sandbox.kafka;

import io.sluice.sandbox.config.Home;
import io.sluice.sandbox.config.StackOptions;
import io.sluice.sandbox.process.Command;
import io.sluice.sandbox.process.Service;
import io.sluice.sandbox.process.ServiceProcess;
import io.sluice.sandbox.process.Subprocess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One Kafka broker that is its own KRaft controller. Data is in {@code data/} of its folder. */
public class KafkaProcess extends ServiceProcess {
  /** Any will do for a cluster of one; a constant one lets data be carried to another folder. */
  private static final String CLUSTER_ID = "c2x1aWNlLXNhbmRib3gtMQ";

  /** So a message outlives its retention by about a third, as long as more of them come. */
  private static final long ROLLS_PER_RETENTION = 4;

  private static final long CHECKS_PER_RETENTION = 12;
  private static final long LEAST_ROLL_MILLIS = 1_000;
  private static final long LEAST_CHECK_MILLIS = 500;

  private final Home home;
  private final StackOptions options;

  public KafkaProcess(Home home, Path folder, StackOptions options) {
    super(Service.KAFKA, folder, options.ports().of(Service.KAFKA));
    this.home = home;
    this.options = options;
  }

  @Override
  protected Command prepare() {
    Path properties = folder().resolve("server.properties");
    Path logging = folder().resolve("log4j2.properties");
    try {
      Files.createDirectories(folder());
      Files.writeString(properties, serverProperties());
      Files.writeString(logging, LOGGING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the configuration of kafka", e);
    }
    if (!Files.exists(data().resolve("meta.properties"))) {
      format(properties, logging);
    }
    return java(
        List.of("-Xms256m", "-Xmx512m", metricsAgent()),
        logging,
        "kafka.Kafka",
        properties.toString());
  }

  private String metricsAgent() {
    return "-javaagent:%s=127.0.0.1:%d:%s"
        .formatted(home.jmxExporter(), options.ports().kafkaMetrics(), home.jmxExporterRules());
  }

  private void format(Path properties, Path logging) {
    Subprocess.run(
        java(
            List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"),
            logging,
            "kafka.tools.StorageTool",
            "format",
            "--standalone",
            "--cluster-id",
            CLUSTER_ID,
            "--config",
            properties.toString()),
        Duration.ofMinutes(3));
  }

  private Command java(List<String> flags, Path logging, String main, String... arguments) {
    List<String> allFlags = new ArrayList<>(flags);
    allFlags.add("-XX:+UseSerialGC");
    allFlags.add("-Dlog4j2.configurationFile=" + logging);
    return Command.java(allFlags, home.kafkaLib() + "/*", main, List.of(arguments));
  }

  @Override
  protected boolean answers() {
    return KafkaTopics.answers(options.ports().kafkaBrokers());
  }

  @Override
  protected void equip() {
    KafkaTopics.create(options.ports().kafkaBrokers(), options.partitions());
  }

  private Path data() {
    return folder().resolve("data");
  }

  private String serverProperties() {
    return """
        process.roles=broker,controller
        node.id=1
        listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
        advertised.listeners=PLAINTEXT://127.0.0.1:%7$d,CONTROLLER://127.0.0.1:%2$d
        listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
        inter.broker.listener.name=PLAINTEXT
        controller.listener.names=CONTROLLER
        controller.quorum.bootstrap.servers=127.0.0.1:%2$d
        log.dirs=%3$s
        log.retention.ms=%4$d
        # Kafka never deletes from the segment that it writes to, and looks every five minutes: with
        # its defaults a topic under load would keep everything for a week.
        log.roll.ms=%5$d
        log.retention.check.interval.ms=%6$d
        auto.create.topics.enable=false
        offsets.topic.num.partitions=1
        offsets.topic.replication.factor=1
        transaction.state.log.num.partitions=1
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        group.initial.rebalance.delay.ms=0
        # A broker that comes back after kill -9 is let in again once its old session has ended.
        broker.session.timeout.ms=3000
        broker.heartbeat.interval.ms=500
        """
        .formatted(
            options.ports().kafka(),
            options.ports().kafkaController(),
            data(),
            options.kafkaRetentionMillis(),
            Math.max(LEAST_ROLL_MILLIS, options.kafkaRetentionMillis() / ROLLS_PER_RETENTION),
            Math.max(LEAST_CHECK_MILLIS, options.kafkaRetentionMillis() / CHECKS_PER_RETENTION),
            options.links().kafka());
  }

  private static final String LOGGING =
      """
      rootLogger.level = INFO
      rootLogger.appenderRef.console.ref = Console
      appender.console.name = Console
      appender.console.type = CONSOLE
      appender.console.layout.type = PatternLayout
      appender.console.layout.pattern = [%d] %p %m (%c)%n
      """;
}
