package io.sluice.bench.chaos;

import io.sluice.bench.network.Link;
import io.sluice.sandbox.config.Links;
import io.sluice.sandbox.config.Ports;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The links that stand between the services of one stack. Two lead to the proxy, so that the job
 * can have two lanes: nginx counts requests by client address, and the second comes from another.
 */
public final class Network implements AutoCloseable {
  /** Above what services use, below what the system gives to clients: a cut link gets it back. */
  private static final int FIRST_PORT = 21_000;

  private static final int LAST_PORT = 32_000;

  private final Link kafka;
  private final Link clickhouse;
  private final Link firstLane;
  private final Link secondLane;
  private final Link jobmanager;
  private final Link taskmanager;
  private int nextPort = FIRST_PORT;

  private Network(Ports ports) {
    kafka = open("kafka", ports.kafka(), address(1));
    clickhouse = open("clickhouse", ports.clickhouse(), address(1));
    firstLane = open("lane-1", ports.proxy(), address(1));
    secondLane = open("lane-2", ports.proxy(), address(2));
    jobmanager = open("jobmanager", ports.flinkRpc(), address(1));
    taskmanager = open("taskmanager", ports.taskmanagerRpc(), address(1));
  }

  /** Opens all links; nothing needs to listen behind them yet. */
  public static Network open(Ports ports) {
    return new Network(ports);
  }

  private Link open(String name, int targetPort, InetAddress source) {
    while (true) {
      int port = nextPort++;
      try {
        return Link.open(name, port, targetPort, source);
      } catch (UncheckedIOException taken) {
        if (port >= LAST_PORT) {
          throw taken;
        }
      }
    }
  }

  private static InetAddress address(int host) {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) host});
    } catch (UnknownHostException wrongLength) {
      throw new IllegalStateException(wrongLength);
    }
  }

  /** Where the services are to look for each other. */
  public Links links() {
    return new Links(
        kafka.port(), clickhouse.port(), firstLane.port(), jobmanager.port(), taskmanager.port());
  }

  /** The value of {@code clickhouse.endpoints} for one or two lanes. */
  String endpoints(int lanes) {
    return Stream.of(firstLane, secondLane)
        .limit(lanes)
        .map(lane -> "http://127.0.0.1:" + lane.port())
        .reduce((first, second) -> first + "," + second)
        .orElseThrow();
  }

  List<Link> of(Route route) {
    return switch (route) {
      case JOB_TO_KAFKA -> List.of(kafka);
      case JOB_TO_PROXY -> List.of(firstLane, secondLane);
      case PROXY_TO_CLICKHOUSE -> List.of(clickhouse);
      case TASKMANAGER_TO_JOBMANAGER -> List.of(jobmanager);
      case JOBMANAGER_TO_TASKMANAGER -> List.of(taskmanager);
    };
  }

  private Stream<Link> all() {
    return Stream.of(kafka, clickhouse, firstLane, secondLane, jobmanager, taskmanager);
  }

  void heal() {
    all().forEach(Link::heal);
  }

  @Override
  public void close() {
    all().forEach(Link::close);
  }
}
