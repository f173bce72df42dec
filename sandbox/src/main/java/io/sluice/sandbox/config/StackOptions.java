package io.sluice.sandbox.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.ops.capacity.ProxyRate;
import java.time.Duration;

/**
 * What a stack is started with; kept in its {@code stack.json}, so that later verbs know.
 *
 * @param links where the services look for each other; null for the ports themselves
 * @param partitions of the topic {@code http_log}
 * @param kafkaRetentionMillis how long Kafka keeps messages
 * @param slots of the TaskManager
 * @param proxyRate in nginx's notation, such as {@code 1r/m}
 * @param checkpointIntervalMillis how often Flink takes a checkpoint
 * @param proxyMaxBodyBytes a larger request body is refused with 413
 * @param taskmanagerMemoryMib all that the TaskManager's process may take; some 700 MiB of it are
 *     not heap
 */
public record StackOptions(
    Ports ports,
    Links links,
    int partitions,
    long kafkaRetentionMillis,
    int slots,
    ProxyKind proxy,
    String proxyRate,
    long proxyMaxBodyBytes,
    long checkpointIntervalMillis,
    long taskmanagerMemoryMib) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  public StackOptions {
    links = links == null ? Links.direct(ports) : links;
    require("partitions", partitions, 1, 1_000);
    require("kafka retention in ms", kafkaRetentionMillis, 1_000, Long.MAX_VALUE);
    require("slots", slots, 1, 64);
    require("proxy body size in bytes", proxyMaxBodyBytes, 1_024, 1L << 32);
    require("checkpoint interval in ms", checkpointIntervalMillis, 10, Long.MAX_VALUE);
    require("taskmanager memory in MiB", taskmanagerMemoryMib, 1_024, 1 << 20);
    ProxyRate.parse(proxyRate);
  }

  private static void require(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " is " + value + ", must be " + least + " to " + most);
    }
  }

  /**
   * One request a minute through a proxy that takes 1 MiB, and a Kafka that forgets after a minute:
   * the hard case.
   */
  public static StackOptions defaults() {
    return new StackOptions(
        Ports.conventional(0), null, 4, 60_000, 4, ProxyKind.AUTO, "1r/m", 1L << 20, 10_000, 1_728);
  }

  /** The defaults on ports that nothing listens on now, for tests. */
  public static StackOptions onFreePorts() {
    return defaults().withPorts(Ports.free());
  }

  private StackOptions withPorts(Ports ports) {
    return with("ports", ports).with("links", null);
  }

  /** The same services, looking for each other elsewhere. */
  public StackOptions withLinks(Links links) {
    return with("links", links);
  }

  public StackOptions withProxy(ProxyKind kind, String rate) {
    return with("proxy", kind).withProxyRate(rate);
  }

  public StackOptions withProxyRate(String rate) {
    return with("proxyRate", rate);
  }

  public StackOptions withProxyMaxBody(long bytes) {
    return with("proxyMaxBodyBytes", bytes);
  }

  public StackOptions withKafkaRetention(Duration retention) {
    return with("kafkaRetentionMillis", retention.toMillis());
  }

  public StackOptions withCheckpointInterval(Duration interval) {
    return with("checkpointIntervalMillis", interval.toMillis());
  }

  /** A copy with another value of one component. */
  private StackOptions with(String component, Object value) {
    ObjectNode copy = MAPPER.valueToTree(this);
    copy.set(component, MAPPER.valueToTree(value));
    return MAPPER.convertValue(copy, StackOptions.class);
  }

  /** How long the proxy lets pass between two requests: 62.5 s at 1r/m. */
  public Duration window() {
    return ProxyRate.parse(proxyRate).period();
  }
}
