package io.sluice.sandbox.cli;

import io.sluice.ops.cli.DurationConverter;
import io.sluice.sandbox.config.Ports;
import io.sluice.sandbox.config.ProxyKind;
import io.sluice.sandbox.config.StackOptions;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of a stack that is started: ports, sizes, proxy. */
public final class StackFlags {
  private static final String DEFAULT = " (default: ${DEFAULT-VALUE})";

  @Option(
      names = "--port-offset",
      defaultValue = "${env:SLUICE_PORT_OFFSET:-0}",
      description =
          "is added to every port, to run side by side (default: $SLUICE_PORT_OFFSET, else 0)")
  private int portOffset;

  @Option(
      names = "--partitions",
      defaultValue = "4",
      description = "of the topic http_log" + DEFAULT)
  private int partitions;

  @Option(
      names = "--kafka-retention",
      defaultValue = "60s",
      converter = DurationConverter.class,
      description = "how long Kafka keeps messages" + DEFAULT)
  private Duration kafkaRetention;

  @Option(names = "--slots", defaultValue = "4", description = "of the TaskManager" + DEFAULT)
  private int slots;

  @Option(
      names = "--proxy",
      defaultValue = "auto",
      description = "nginx, builtin, or auto: nginx where there is one" + DEFAULT)
  private ProxyKind proxy;

  @Option(
      names = "--proxy-rate",
      defaultValue = "1r/m",
      description = "requests that the proxy admits, in nginx's notation" + DEFAULT)
  private String proxyRate;

  @Option(
      names = "--proxy-max-body",
      defaultValue = "1048576",
      description = "largest request in bytes that the proxy takes" + DEFAULT)
  private long proxyMaxBodyBytes;

  @Option(
      names = "--checkpoint-interval",
      defaultValue = "10s",
      converter = DurationConverter.class,
      description = "how often Flink takes a checkpoint" + DEFAULT)
  private Duration checkpointInterval;

  @Option(
      names = "--taskmanager-memory",
      defaultValue = "1728m",
      converter = MebibytesConverter.class,
      description = "of the whole process; the job buffers a fifth of its heap at most" + DEFAULT)
  private long taskmanagerMemoryMib;

  /** The options as one value; a wrong one is a usage error. */
  public StackOptions toOptions(CommandSpec verb) {
    try {
      return new StackOptions(
          Ports.conventional(portOffset),
          null,
          partitions,
          kafkaRetention.toMillis(),
          slots,
          proxy,
          proxyRate,
          proxyMaxBodyBytes,
          checkpointInterval.toMillis(),
          taskmanagerMemoryMib);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(verb.commandLine(), e.getMessage(), e);
    }
  }
}
