package io.sluice.sandbox.config;

import io.sluice.sandbox.process.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * The ports that the stack listens on, all on 127.0.0.1 (but for Flink's metrics, whose reporter
 * knows no address).
 */
public record Ports(
    int kafka,
    int kafkaController,
    int flinkRest,
    int flinkRpc,
    int flinkBlob,
    int clickhouse,
    int proxy,
    int jobmanagerMetrics,
    int taskmanagerMetrics,
    int taskmanagerRpc,
    int kafkaMetrics) {
  private static final int COUNT = 11;

  /**
   * Where people expect these servers.
   *
   * @param offset is added to each, to run side by side
   */
  public static Ports conventional(int offset) {
    if (offset < -6_000 || offset > 56_000) {
      throw new IllegalArgumentException("port offset is " + offset + ", must be -6000 to 56000");
    }
    return new Ports(
        9092 + offset,
        9093 + offset,
        8081 + offset,
        6123 + offset,
        6124 + offset,
        8123 + offset,
        8124 + offset,
        9249 + offset,
        9250 + offset,
        6122 + offset,
        9404 + offset);
  }

  /** Ports that nothing listens on now, for tests. */
  public static Ports free() {
    int[] port = new int[COUNT];
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < COUNT; i++) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        port[i] = held.get(i).getLocalPort();
      }
      for (ServerSocket socket : held) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no free port", e);
    }
    return new Ports(
        port[0], port[1], port[2], port[3], port[4], port[5], port[6], port[7], port[8], port[9],
        port[10]);
  }

  /** The ports of one service. */
  public List<Integer> of(Service service) {
    return switch (service) {
      case KAFKA -> List.of(kafka, kafkaController, kafkaMetrics);
      case CLICKHOUSE -> List.of(clickhouse);
      case PROXY -> List.of(proxy);
      case JOBMANAGER -> List.of(flinkRest, flinkRpc, flinkBlob, jobmanagerMetrics);
      case TASKMANAGER -> List.of(taskmanagerMetrics, taskmanagerRpc);
    };
  }

  public String kafkaBrokers() {
    return "127.0.0.1:" + kafka;
  }

  public String flinkRestUrl() {
    return "http://127.0.0.1:" + flinkRest;
  }

  public String clickhouseUrl() {
    return "http://127.0.0.1:" + clickhouse;
  }

  public String proxyUrl() {
    return "http://127.0.0.1:" + proxy;
  }
}
