package io.sluice.bench.chaos;

import io.sluice.bench.network.Link;
import io.sluice.sandbox.config.Links;
import io.sluice.sandbox.config.Ports;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The links that stand between the services of one stack. Two lead to the proxy, so that the job
 * can have two lanes: nginx counts requests by client address, and the second comes from another.
 */
final class Network implements AutoCloseable {
  /** Above what services use, below what the system gives to clients: a cut link gets it back. */
  private static final int FIRST_PORT = 21_000;

  private static final int LAST_PORT = 32_000;
  private static final String FIRST_HOST = "127.0.0.1";
  private static final String SECOND_HOST = "127.0.0.2";

  private final Map<Route, List<Link>> links = new EnumMap<>(Route.class);
  private int nextPort = FIRST_PORT;

  /** Opens all links; nothing needs to listen behind them yet. */
  Network(Ports ports) {
    links.put(Route.JOB_TO_KAFKA, List.of(open(ports.kafka(), FIRST_HOST)));
    links.put(Route.PROXY_TO_CLICKHOUSE, List.of(open(ports.clickhouse(), FIRST_HOST)));
    links.put(
        Route.JOB_TO_PROXY,
        List.of(open(ports.proxy(), FIRST_HOST), open(ports.proxy(), SECOND_HOST)));
    links.put(Route.TASKMANAGER_TO_JOBMANAGER, List.of(open(ports.flinkRpc(), FIRST_HOST)));
    links.put(Route.JOBMANAGER_TO_TASKMANAGER, List.of(open(ports.taskmanagerRpc(), FIRST_HOST)));
  }

  private Link open(int targetPort, String sourceHost) {
    while (true) {
      int port = nextPort++;
      try {
        return new Link(port, targetPort, sourceHost);
      } catch (UncheckedIOException taken) {
        if (port >= LAST_PORT) {
          throw taken;
        }
      }
    }
  }

  /** Where the services are to look for each other. */
  Links links() {
    return new Links(
        port(Route.JOB_TO_KAFKA),
        port(Route.PROXY_TO_CLICKHOUSE),
        port(Route.JOB_TO_PROXY),
        port(Route.TASKMANAGER_TO_JOBMANAGER),
        port(Route.JOBMANAGER_TO_TASKMANAGER));
  }

  private int port(Route route) {
    return of(route).get(0).port();
  }

  /** The value of {@code clickhouse.endpoints} for one or two lanes. */
  String endpoints(int lanes) {
    return of(Route.JOB_TO_PROXY).stream()
        .limit(lanes)
        .map(lane -> "http://127.0.0.1:" + lane.port())
        .collect(Collectors.joining(","));
  }

  List<Link> of(Route route) {
    return links.get(route);
  }

  private Stream<Link> all() {
    return links.values().stream().flatMap(Collection::stream);
  }

  void heal() {
    all().forEach(Link::heal);
  }

  @Override
  public void close() {
    all().forEach(Link::close);
  }
}
