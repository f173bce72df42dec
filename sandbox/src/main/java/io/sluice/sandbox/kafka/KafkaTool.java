package io.sluice.sandbox.kafka;

import io.sluice.sandbox.config.Home;
import io.sluice.sandbox.process.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Kafka's own command line tools that an operator needs; {@code topics} is kafka-topics.sh. */
public enum KafkaTool {
  TOPICS("org.apache.kafka.tools.TopicCommand"),
  CONFIGS("kafka.admin.ConfigCommand"),
  CONSUMER_GROUPS("org.apache.kafka.tools.consumer.group.ConsumerGroupCommand"),
  GET_OFFSETS("org.apache.kafka.tools.GetOffsetShell");

  private final String mainClass;

  KafkaTool(String mainClass) {
    this.mainClass = mainClass;
  }

  /** The tool against a cluster. */
  public Command command(Home home, String brokers, List<String> arguments) {
    List<String> all = new ArrayList<>(List.of("--bootstrap-server", brokers));
    all.addAll(arguments);
    return Command.java(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            // Without a configuration log4j shows errors only.
            "-Dlog4j2.statusLoggerLevel=OFF"),
        home.kafkaLib() + "/*",
        mainClass,
        all);
  }

  /** As people type it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
