package io.sluice.sandbox.stack;

import io.sluice.sandbox.config.StackOptions;
import io.sluice.sandbox.kafka.KafkaTopics;
import java.util.ArrayList;
import java.util.List;

/** The settings of the job that follow from the stack: where everything is, and the window. */
public final class JobArguments {
  /** Just below the 1 MiB that nginx takes. */
  private static final long BELOW_BODY_LIMIT = 1_024;

  private JobArguments() {}

  /**
   * The arguments after {@code job.jar}, {@code --key value} pairs: the stack's, with those of the
   * user behind them, which win.
   */
  public static List<String> of(StackOptions stack, List<String> more) {
    return with(
        List.of(
            "--kafka.brokers",
            "127.0.0.1:" + stack.links().kafka(),
            "--kafka.topic",
            KafkaTopics.HTTP_LOG,
            "--kafka.group",
            KafkaTopics.JOB_GROUP,
            "--dead-letters.topic",
            KafkaTopics.DEAD_LETTERS,
            "--clickhouse.endpoints",
            "http://127.0.0.1:" + stack.links().proxy(),
            "--clickhouse.database",
            "logs",
            "--clickhouse.table",
            "http_log",
            "--clickhouse.user",
            "default",
            "--clickhouse.password",
            "",
            "--proxy.window",
            stack.window().toMillis() / 1e3 + "s",
            "--request.max-bytes",
            Long.toString(stack.proxyMaxBodyBytes() - BELOW_BODY_LIMIT)),
        more);
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
