package io.sluice.clickhouse.http;

import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Real nginx with a rate limit and a size limit in front of some upstream, as in production. */
final class NginxProxy implements Closeable {
  private static final String CONFIGURATION =
      """
      daemon off;
      master_process off;
      pid $DIR/nginx.pid;
      error_log $DIR/error.log warn;
      events {}
      http {
        client_body_temp_path $DIR/body;
        proxy_temp_path $DIR/proxy;
        fastcgi_temp_path $DIR/fastcgi;
        uwsgi_temp_path $DIR/uwsgi;
        scgi_temp_path $DIR/scgi;
        log_format sizes '$status $request_length';
        access_log $DIR/access.log sizes;
        limit_req_zone $binary_remote_addr zone=ch-limit:1m rate=1r/m;
        server {
          listen 127.0.0.1:$PORT$TLS;
          client_max_body_size 1m;
          location / {
            $LOCATION
          }
          location @empty {
            return 200;
          }
        }
      }
      """;

  /** One request per minute, to the upstream at that port. */
  private static final String LIMITED =
      """
      limit_req zone=ch-limit;
      proxy_pass http://127.0.0.1:%d;
      """;

  private final Path directory;
  private final String scheme;
  private final int port;
  private final Process process;

  /** Starts nginx; skips the test where there is none, except in CI, where it has to be. */
  NginxProxy(Path directory, int upstreamPort) throws IOException {
    this(directory, LIMITED.formatted(upstreamPort));
  }

  /** Starts nginx with a location of the caller's; {@code @empty} answers 200 with nothing. */
  NginxProxy(Path directory, String location) throws IOException {
    this(directory, location, "http", "");
  }

  /** Starts nginx as an https endpoint. */
  static NginxProxy withTls(Path directory, int upstreamPort, OwnAuthority authority)
      throws IOException, GeneralSecurityException {
    Path certificate = directory.resolve("server.crt");
    Path key = directory.resolve("server.key");
    Files.writeString(certificate, authority.serverCertificate());
    Files.writeString(key, authority.serverKey());
    return new NginxProxy(
        directory,
        LIMITED.formatted(upstreamPort),
        "https",
        " ssl; ssl_certificate %s; ssl_certificate_key %s".formatted(certificate, key));
  }

  private NginxProxy(Path directory, String location, String scheme, String tls)
      throws IOException {
    this.scheme = scheme;
    this.directory = directory;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = socket.getLocalPort();
    }
    Path configuration = directory.resolve("nginx.conf");
    Files.writeString(
        configuration,
        CONFIGURATION
            .replace("$DIR", directory.toString())
            .replace("$PORT", Integer.toString(port))
            .replace("$TLS", tls)
            .replace("$LOCATION", location));
    this.process =
        new ProcessBuilder(
                executable(),
                "-p",
                directory.toString(),
                "-c",
                configuration.toString(),
                "-e",
                directory.resolve("error.log").toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("out.log").toFile())
            .start();
    await().atMost(Duration.ofSeconds(10)).until(this::listens);
  }

  URI url() {
    return URI.create(scheme + "://127.0.0.1:" + port);
  }

  /** Per request: status, and the bytes of head and body that nginx took in. */
  List<String> accessLog(int lines) {
    Path log = directory.resolve("access.log");
    await().atMost(Duration.ofSeconds(5)).until(() -> Files.readAllLines(log).size() >= lines);
    try {
      return Files.readAllLines(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }

  /** Only connects, since a request would spend the window. */
  private boolean listens() throws IOException {
    if (!process.isAlive()) {
      fail("nginx ended: " + Files.readString(directory.resolve("error.log")));
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static String executable() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    // Debian keeps nginx in /usr/sbin, which is not on everybody's path.
    Optional<File> found =
        Stream.concat(
                Pattern.compile(Pattern.quote(File.pathSeparator)).splitAsStream(path),
                Stream.of("/usr/sbin"))
            .map(folder -> new File(folder, "nginx"))
            .filter(File::canExecute)
            .findFirst();
    if (found.isEmpty() && "true".equals(System.getenv("CI"))) {
      fail("nginx is not on the PATH; with CI=true it has to be");
    }
    Assumptions.assumeTrue(found.isPresent(), "nginx is not on the PATH: not tested against it");
    return found.orElseThrow().getPath();
  }
}
