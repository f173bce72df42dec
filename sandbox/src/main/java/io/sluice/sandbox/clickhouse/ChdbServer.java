package io.sluice.sandbox.clickhouse;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * ClickHouse without Docker: the engine behind ClickHouse's HTTP interface, on 127.0.0.1, in a JVM
 * of its own. What it stored survives {@code kill -9}.
 *
 * <p>It proves the engine, not the HTTP layer of a real server: users have passwords but no rights
 * of their own, and there is no TLS, no asynchronous insert, no session.
 */
@Command(
    name = "chdb-server",
    mixinStandardHelpOptions = true,
    description = "Serves the ClickHouse engine over HTTP.")
public final class ChdbServer implements Callable<Integer> {
  /**
   * Enough for the server: data only passes through the heap, in pieces. The engine's memory is its
   * own, outside the heap.
   */
  public static final String HEAP_OPTION = "-Xmx192m";

  /** Requests that the engine works on at once; more wait. */
  private static final int THREADS = 8;

  /** How long requests in progress may go on after SIGTERM. */
  private static final int GRACE_SECONDS = 20;

  private static final int STATUS_OF_SIGTERM = 128 + 15;

  @Option(names = "--port", required = true, description = "Port to listen on.")
  private int port;

  @Option(
      names = "--metrics-port",
      description = "A further port, for /metrics alone, as a server has for Prometheus.")
  private Integer metricsPort;

  @Option(
      names = "--listen",
      defaultValue = "127.0.0.1",
      description = "Address to listen on; 0.0.0.0 within a container.")
  private InetAddress listen;

  @Option(names = "--data", required = true, description = "Folder of the tables.")
  private Path data;

  @Option(names = "--library", required = true, description = "Path of libchdb.so.")
  private Path library;

  @Option(
      names = "--config",
      description = "ClickHouse's own config.xml, for clusters and macros; none by default.")
  private Path config;

  @Option(
      names = "--init",
      description = "Folder of numbered SQL files that are applied before anybody is served.")
  private Path init;

  @Option(names = "--user", defaultValue = "default", description = "The user.")
  private String user;

  @Option(names = "--password", defaultValue = "", description = "The user's password.")
  private String password;

  @Option(
      names = "--account",
      paramLabel = "<name:password>",
      description = "A further user; may be given several times.")
  private List<String> accounts = List.of();

  /** Starts the server; see {@code --help}. Prints a line once it answers. */
  public static void main(String[] args) {
    // Without it the answer waits for the client's delayed acknowledgement, 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    int status = new CommandLine(new ChdbServer()).execute(args);
    if (status != 0) {
      System.exit(status);
    }
  }

  @Override
  public Integer call() throws IOException {
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(listen, port), 0);
    } catch (BindException e) {
      System.err.println("port " + port + " is taken: " + e.getMessage());
      return 1;
    }
    // The port is ours but nothing is served on it until the engine is there.
    ChdbEngine engine = ChdbEngine.open(library, data, config);
    applyInit(engine);
    ExecutorService workers = Executors.newFixedThreadPool(THREADS);
    server.setExecutor(workers);
    server.createContext("/", new ClickHouseHandler(engine, credentials()));
    MetricsHandler metrics = new MetricsHandler(engine);
    server.createContext("/metrics", metrics);
    if (metricsPort != null) {
      HttpServer scraped = HttpServer.create(new InetSocketAddress(listen, metricsPort), 0);
      scraped.createContext("/metrics", metrics);
      scraped.start();
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, workers), "stop"));
    server.start();
    System.out.println(
        "ClickHouse answers on http://%s:%d"
            .formatted(listen.getHostAddress(), server.getAddress().getPort()));
    return 0;
  }

  private void applyInit(ChdbEngine engine) throws IOException {
    if (init == null) {
      return;
    }
    try {
      List<String> statements = SqlMigrations.statements(init);
      engine.inSession(
          false,
          session -> {
            for (String statement : statements) {
              session.query(statement, "Null").close();
            }
            return null;
          });
    } catch (ClickHouseException e) {
      throw new IOException(init + ": " + e.getMessage(), e);
    }
    System.out.println("applied " + init);
  }

  private List<Credentials> credentials() {
    return Stream.concat(
            Stream.of(new Credentials(user, password)), accounts.stream().map(Credentials::parse))
        .toList();
  }

  /** No new requests; those in progress are finished. */
  private static void stop(HttpServer server, ExecutorService workers) {
    workers.shutdown();
    try {
      if (!workers.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("requests still in progress after " + GRACE_SECONDS + " s are cut off");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop(0);
    // Not by the usual way out: the engine's destructors abort while its background threads run.
    // All that was acknowledged is in files, as after kill -9.
    Native.load("c", ProcessEnd.class)._exit(STATUS_OF_SIGTERM);
  }

  /** Of the C library. */
  private interface ProcessEnd extends Library {
    void _exit(int status);
  }
}
