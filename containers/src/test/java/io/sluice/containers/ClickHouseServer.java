package io.sluice.containers;

import com.github.dockerjava.api.model.ExposedPort;
import io.sluice.sandbox.clickhouse.ClickHouseTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;

/**
 * A ClickHouse server in a container, with the image's own configuration and what a test adds to
 * it. User {@code default} has no password and may make other users.
 */
final class ClickHouseServer implements AutoCloseable {
  static final int HTTP_PORT = 8123;
  static final int HTTPS_PORT = 8443;

  private static final Path SQL = Path.of("..", "sql");
  private static final Duration STARTS_WITHIN = Duration.ofMinutes(3);

  private final GenericContainer<?> container =
      new GenericContainer<>(Image.CLICKHOUSE.dockerName());

  /** One that is to be started. */
  ClickHouseServer() {
    container
        // Else the image lets the user without a password in from its own machine only.
        .withEnv("CLICKHOUSE_DEFAULT_ACCESS_MANAGEMENT", "1")
        .withExposedPorts(HTTP_PORT)
        // While the image runs its init files the server listens within the container only.
        .waitingFor(Wait.forHttp("/ping").forPort(HTTP_PORT).withStartupTimeout(STARTS_WITHIN));
  }

  /** A server without tables, started. */
  static ClickHouseServer started() {
    return new ClickHouseServer().start();
  }

  /** Other containers of the network know it by this name. */
  ClickHouseServer in(Network network, String... names) {
    container.withNetwork(network).withNetworkAliases(names);
    container.withCreateContainerCmdModifier(create -> create.withHostName(names[0]));
    return this;
  }

  /**
   * @param name in {@code /etc/clickhouse-server}, such as {@code config.d/tls.xml}
   */
  ClickHouseServer with(String name, String text) {
    container.withCopyToContainer(Transferable.of(text), "/etc/clickhouse-server/" + name);
    return this;
  }

  /** The tables of {@code sql/}, made by the image as in {@code docker-compose.yml}. */
  ClickHouseServer withTables() {
    try (Stream<Path> files = Files.list(SQL)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".sql")).toList()) {
        container.withCopyToContainer(
            Transferable.of(Files.readString(file)),
            "/docker-entrypoint-initdb.d/" + file.getFileName());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  ClickHouseServer withHttps() {
    container.addExposedPort(HTTPS_PORT);
    return this;
  }

  ClickHouseServer start() {
    Docker.start(Image.CLICKHOUSE, container);
    return this;
  }

  URI url() {
    return URI.create("http://%s:%d/".formatted(container.getHost(), port(HTTP_PORT)));
  }

  URI httpsUrl() {
    return URI.create("https://%s:%d/".formatted(container.getHost(), port(HTTPS_PORT)));
  }

  /** Database {@code logs}, as {@code default}. */
  ClickHouseTarget target() {
    return new ClickHouseTarget(url(), "default", "", "logs");
  }

  void sql(String... statements) throws IOException {
    for (String statement : List.of(statements)) {
      target().sql(statement);
    }
  }

  /** Like {@code kill -9}. */
  void kill() {
    container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
  }

  /** After {@link #kill}, with the data that it had; does not wait until it answers. */
  void startAgain() {
    container.getDockerClient().startContainerCmd(container.getContainerId()).exec();
  }

  /** As it is now: a container that was started again has others than before. */
  private int port(int port) {
    return Integer.parseInt(
        container
            .getCurrentContainerInfo()
            .getNetworkSettings()
            .getPorts()
            .getBindings()
            .get(ExposedPort.tcp(port))[0]
            .getHostPortSpec());
  }

  @Override
  public void close() {
    container.stop();
  }
}
