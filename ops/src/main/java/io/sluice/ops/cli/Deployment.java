package io.sluice.ops.cli;

import io.sluice.ops.OperatorException;
import io.sluice.ops.flink.FlinkRest;
import io.sluice.ops.kafka.KafkaAccess;
import io.sluice.ops.sql.ClickHouseSql;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * What verbs fall back on for what no option names: here the environment, as a container has it. A
 * subclass that picocli's factory makes instead may know a deployment in another way.
 */
public class Deployment {
  /** Of the names of our jobs in Flink. */
  private static final String JOB_NAME_PREFIX = "sluice ";

  private static final Pattern PLAIN_URL =
      Pattern.compile("https?://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?/?");

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;

  /** Kafka, as far as {@code --brokers} does not say. */
  protected KafkaAccess kafka(CommandSpec verb) {
    return new KafkaAccess(required("--brokers", "SLUICE_KAFKA_BROKERS"), Map.of());
  }

  /** ClickHouse itself, not the proxy, as far as {@code --clickhouse} does not say. */
  protected ClickHouseSql clickHouse(CommandSpec verb) {
    return ClickHouseOptions.server(
        verb,
        required("--clickhouse", "CLICKHOUSE_URL"),
        environment("CLICKHOUSE_USER").orElse("default"));
  }

  /** The JobManager's REST API, as far as {@code --flink} does not say. */
  protected String flink(CommandSpec verb) {
    return required("--flink", "FLINK_URL");
  }

  /** The TaskManagers' metrics, as far as {@code --metrics} does not say. */
  protected Stream<URI> metrics(CommandSpec verb) {
    return urls(verb, "FLINK_METRICS", required("--metrics", "FLINK_METRICS"));
  }

  /** How to know the job that is meant, unless {@code --job} says. */
  protected Supplier<Optional<String>> job(CommandSpec verb, FlinkRest flink) {
    List<String> active = flink.activeJobIds(JOB_NAME_PREFIX);
    if (active.size() > 1) {
      throw OperatorException.wrongUsage(
          "%d jobs run there; name one with --job: %s"
              .formatted(active.size(), String.join(", ", active)));
    }
    Optional<String> only = active.stream().findFirst();
    return () -> only;
  }

  /** What the producer counted, if a test feeds the job; empty in production. */
  protected Optional<Path> ledger(CommandSpec verb) {
    return Optional.empty();
  }

  /** Does something that must not be done twice at the same time, where that can be held off. */
  protected <T> T alone(CommandSpec verb, String what, Supplier<T> action) {
    return action.get();
  }

  static Stream<URI> urls(CommandSpec verb, String name, String list) {
    return List.of(list.split(",")).stream().map(each -> url(verb, name, each.strip()));
  }

  /** A server's address, without a place for secrets. */
  static URI url(CommandSpec verb, String name, String text) {
    if (!PLAIN_URL.matcher(text).matches()) {
      // Not quoted: it may hold a password.
      throw new ParameterException(
          verb.commandLine(), name + " has to be http(s)://host:port and no more");
    }
    return URI.create(text.replaceFirst("/$", ""));
  }

  private static String required(String option, String variable) {
    return environment(variable)
        .orElseThrow(
            () -> OperatorException.wrongUsage(option + " is missing, and so is $" + variable));
  }

  private static Optional<String> environment(String variable) {
    return Optional.ofNullable(System.getenv(variable)).filter(value -> !value.isBlank());
  }
}
