package io.sluice.sandbox.kafka;

import io.sluice.sandbox.config.Home;
import io.sluice.sandbox.process.Command;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Kafka's own command line tools that an operator needs; {@code topics} is kafka-topics.sh. */
public enum KafkaTool {
  TOPICS("topics", "org.apache.kafka.tools.TopicCommand"),
  CONFIGS("configs", "kafka.admin.ConfigCommand"),
  CONSUMER_GROUPS("consumer-groups", "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand"),
  GET_OFFSETS("get-offsets", "org.apache.kafka.tools.GetOffsetShell");

  private final String toolName;
  private final String mainClass;

  KafkaTool(String toolName, String mainClass) {
    this.toolName = toolName;
    this.mainClass = mainClass;
  }

  /** The tool of that name, with or without {@code kafka-} and {@code .sh}. */
  public static Optional<KafkaTool> named(String name) {
    String plain = name.replaceFirst("^kafka-", "").replaceFirst("[.]sh$", "");
    return Arrays.stream(values()).filter(tool -> tool.toolName.equals(plain)).findFirst();
  }

  /** All names, for messages. */
  public static String names() {
    return Arrays.stream(values()).map(tool -> tool.toolName).collect(Collectors.joining(", "));
  }

  /** The tool against a cluster. */
  public Command command(Home home, String brokers, List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Home.java(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                // Without a configuration log4j shows errors only.
                "-Dlog4j2.statusLoggerLevel=OFF",
                "-cp",
                home.kafkaLib() + "/*",
                mainClass,
                "--bootstrap-server",
                brokers));
    command.addAll(arguments);
    return new Command(command);
  }
}
