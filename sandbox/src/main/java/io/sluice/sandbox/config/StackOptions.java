package io.sluice.sandbox.config;

import io.sluice.ops.capacity.ProxyRate;
import java.time.Duration;
import java.util.function.Consumer;

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
        Ports.conventional(), null, 4, 60_000, 4, ProxyKind.AUTO, "1r/m", 1L << 20, 10_000, 1_728);
  }

  /** The defaults on ports that nothing listens on now, for tests. */
  public static StackOptions onFreePorts() {
    return defaults().withPorts(Ports.free());
  }

  public StackOptions withPorts(Ports newPorts) {
    return with(
        next -> {
          next.ports = newPorts;
          next.links = null;
        });
  }

  /** The same services, looking for each other elsewhere. */
  public StackOptions withLinks(Links newLinks) {
    return with(next -> next.links = newLinks);
  }

  public StackOptions withProxy(ProxyKind kind, String rate) {
    return with(next -> next.proxy = kind).withProxyRate(rate);
  }

  public StackOptions withProxyRate(String rate) {
    return with(next -> next.proxyRate = rate);
  }

  public StackOptions withProxyMaxBody(long bytes) {
    return with(next -> next.proxyMaxBodyBytes = bytes);
  }

  public StackOptions withKafkaRetention(Duration retention) {
    return with(next -> next.kafkaRetentionMillis = retention.toMillis());
  }

  public StackOptions withCheckpointInterval(Duration interval) {
    return with(next -> next.checkpointIntervalMillis = interval.toMillis());
  }

  private StackOptions with(Consumer<Draft> change) {
    Draft next = new Draft(this);
    change.accept(next);
    return new StackOptions(
        next.ports,
        next.links,
        partitions,
        next.kafkaRetentionMillis,
        slots,
        next.proxy,
        next.proxyRate,
        next.proxyMaxBodyBytes,
        next.checkpointIntervalMillis,
        taskmanagerMemoryMib);
  }

  /** What a copy may have otherwise. */
  private static final class Draft {
    Ports ports;
    Links links;
    long kafkaRetentionMillis;
    ProxyKind proxy;
    String proxyRate;
    long proxyMaxBodyBytes;
    long checkpointIntervalMillis;

    Draft(StackOptions old) {
      ports = old.ports;
      links = old.links;
      kafkaRetentionMillis = old.kafkaRetentionMillis;
      proxy = old.proxy;
      proxyRate = old.proxyRate;
      proxyMaxBodyBytes = old.proxyMaxBodyBytes;
      checkpointIntervalMillis = old.checkpointIntervalMillis;
    }
  }

  /** How long the proxy lets pass between two requests: 62.5 s at 1r/m. */
  public Duration window() {
    return ProxyRate.parse(proxyRate).period();
  }
}
