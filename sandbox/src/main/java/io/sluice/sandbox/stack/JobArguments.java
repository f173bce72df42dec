package io.sluice.sandbox.stack;

import io.sluice.sandbox.config.StackOptions;
import io.sluice.sandbox.kafka.KafkaTopics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings of the job that follow from the stack: where everything is, and the window. */
public final class JobArguments {
  /** Just below the 1 MiB that nginx takes. */
  private static final long BELOW_BODY_LIMIT = 1_024;

  private JobArguments() {}

  /** The arguments after {@code job.jar}: {@code --key value} pairs. */
  public static List<String> of(StackOptions stack) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("kafka.brokers", "127.0.0.1:" + stack.links().kafka());
    settings.put("kafka.topic", KafkaTopics.HTTP_LOG);
    settings.put("kafka.group", KafkaTopics.JOB_GROUP);
    settings.put("dead-letters.topic", KafkaTopics.DEAD_LETTERS);
    settings.put("clickhouse.endpoints", "http://127.0.0.1:" + stack.links().proxy());
    settings.put("clickhouse.database", "logs");
    settings.put("clickhouse.table", "http_log");
    settings.put("clickhouse.user", "default");
    settings.put("clickhouse.password", "");
    settings.put("proxy.window", stack.window().toMillis() / 1e3 + "s");
    settings.put("request.max-bytes", Long.toString(stack.proxyMaxBodyBytes() - BELOW_BODY_LIMIT));
    List<String> arguments = new ArrayList<>();
    settings.forEach((key, value) -> arguments.addAll(List.of("--" + key, value)));
    return List.copyOf(arguments);
  }

  /** The stack's arguments with those of the user behind them, which win. */
  public static List<String> of(StackOptions stack, List<String> more) {
    return with(of(stack), more);
  }

  /** Arguments with others behind them, which win. */
  static List<String> with(List<String> first, List<String> more) {
    List<String> arguments = new ArrayList<>(first);
    for (int i = 0; i + 1 < more.size(); i += 2) {
      int known = arguments.indexOf(more.get(i));
      if (known >= 0) {
        arguments.subList(known, known + 2).clear();
      }
    }
    arguments.addAll(more);
    return List.copyOf(arguments);
  }
}
