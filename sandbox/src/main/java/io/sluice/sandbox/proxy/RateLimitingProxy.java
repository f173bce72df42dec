package io.sluice.sandbox.proxy;

import io.sluice.ops.capacity.ProxyRate;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A rate-limiting proxy for machines without nginx. To a client it is as {@link NginxProxy}'s nginx
 * is: rate, 503, size limit and 413 before the body, 100 Continue, 502, 504, access log, a body
 * that is passed on when it is there whole. Unlike nginx it closes every connection after one
 * request.
 */
@Command(
    name = "rate-limiting-proxy",
    mixinStandardHelpOptions = true,
    description = "Admits one request per period and client address, on 127.0.0.1.")
public final class RateLimitingProxy implements Callable<Integer> {
  /** Enough: bodies pass through in pieces. */
  public static final String HEAP_OPTION = "-Xmx64m";

  /** Whatever the machine calls its loopback address. */
  private static final byte[] LOCALHOST = {127, 0, 0, 1};

  @Option(names = "--port", required = true, description = "Port to listen on.")
  private int port;

  @Option(names = "--upstream-port", required = true, description = "The server behind it.")
  private int upstreamPort;

  @Option(names = "--rate", defaultValue = "1r/m", description = "As in nginx: 1r/m, 2r/s.")
  private ProxyRate rate;

  @Option(
      names = "--max-body-bytes",
      defaultValue = "" + ProxyConfig.DEFAULT_MAX_BODY_BYTES,
      description = "Larger bodies are refused with 413.")
  private long maxBodyBytes;

  @Option(names = "--access-log", required = true, description = "One line per request.")
  private Path accessLog;

  @Option(
      names = "--upstream-timeout-ms",
      defaultValue = "600000",
      description = "How long the server may be silent.")
  private long upstreamTimeoutMilli;

  /** Starts the proxy; see {@code --help}. Ends only when it is killed, or cannot start. */
  public static void main(String[] args) {
    // So that each request to the server has a connection of its own, as nginx's do.
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "connection");
    CommandLine line = new CommandLine(new RateLimitingProxy());
    System.exit(line.registerConverter(ProxyRate.class, ProxyRate::parse).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    Duration timeout = Duration.ofMillis(upstreamTimeoutMilli);
    ProxyConfig config = new ProxyConfig(port, upstreamPort, rate, maxBodyBytes, timeout);
    Files.createDirectories(accessLog.toAbsolutePath().getParent());
    RequestLimit limit = new RequestLimit(rate, () -> System.nanoTime() / 1_000_000);
    AccessLog log = new AccessLog(accessLog);
    ExecutorService connections = Executors.newCachedThreadPool();
    HttpClient upstream =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .build();
    try (ServerSocket server = new ServerSocket()) {
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(InetAddress.getByAddress(LOCALHOST), port));
      System.out.println("proxy answers on http://127.0.0.1:" + port);
      while (true) {
        Socket client = server.accept();
        connections.execute(new ProxyConnection(client, config, upstream, limit, log));
      }
    } catch (BindException e) {
      System.err.println("port " + port + " is taken: " + e.getMessage());
      return 1;
    }
  }
}
