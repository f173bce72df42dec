package io.sluice.containers;

import java.util.ArrayDeque;
import java.util.Deque;
import org.testcontainers.containers.Network;

/** A network with a ClickHouse server, and proxies in front of it. */
final class ProxiedClickHouse implements AutoCloseable {
  private static final String NAME = "clickhouse";

  private final Network network;
  private final ClickHouseServer server;
  private final Deque<Nginx> proxies = new ArrayDeque<>();

  /**
   * Starts the server.
   *
   * @param server one that is to be started
   */
  ProxiedClickHouse(ClickHouseServer server) {
    Docker.requireDaemon();
    this.network = Network.newNetwork();
    this.server = server.in(network, NAME);
    try {
      server.start();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  ClickHouseServer server() {
    return server;
  }

  /** One more proxy; see {@link Nginx#started}. */
  Nginx proxy(String rate) {
    proxies.push(Nginx.started(network, rate, NAME));
    return proxies.peek();
  }

  /** One more proxy, which ends TLS. */
  Nginx proxyWithTls(String rate, PrivateCa.Certificate certificate) {
    proxies.push(Nginx.startedWithTls(network, rate, NAME, certificate));
    return proxies.peek();
  }

  @Override
  public void close() {
    proxies.forEach(Nginx::close);
    server.close();
    network.close();
  }
}
