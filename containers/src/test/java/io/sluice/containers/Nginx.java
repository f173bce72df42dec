package io.sluice.containers;

import java.net.URI;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.output.OutputFrame.OutputType;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;

/** nginx in a container, in front of a ClickHouse server of the same network. */
final class Nginx implements AutoCloseable {
  private static final int PORT = 8124;
  private static final String FOLDER = "/etc/nginx/";
  private static final Pattern LOGGED =
      Pattern.compile("^sluice (\\d{3}) (\\d+)$", Pattern.MULTILINE);

  /**
   * What became of a request.
   *
   * @param status what the client was answered
   * @param bytes that the client sent, its head included
   */
  record Request(int status, long bytes) {}

  private final GenericContainer<?> container = new GenericContainer<>(Image.NGINX.dockerName());
  private final String scheme;

  /**
   * A proxy that admits so many requests, of 1 MiB each.
   *
   * @param rate as nginx has it, such as {@code 60r/m}
   * @param upstream the server's name in the network
   */
  static Nginx started(Network network, String rate, String upstream) {
    return new Nginx(network, "http", configuration("", rate, upstream)).start();
  }

  /** The same one with TLS; files are in PEM. */
  static Nginx startedWithTls(
      Network network, String rate, String upstream, PrivateCa.Certificate certificate) {
    String tls =
        "ssl; ssl_certificate %1$stls.crt; ssl_certificate_key %1$stls.key".formatted(FOLDER);
    Nginx nginx = new Nginx(network, "https", configuration(tls, rate, upstream));
    nginx.container.withCopyToContainer(Transferable.of(certificate.text()), FOLDER + "tls.crt");
    nginx.container.withCopyToContainer(Transferable.of(certificate.key()), FOLDER + "tls.key");
    return nginx.start();
  }

  private Nginx(Network network, String scheme, String configuration) {
    this.scheme = scheme;
    container
        .withNetwork(network)
        .withExposedPorts(PORT)
        .withCopyToContainer(Transferable.of(configuration), FOLDER + "nginx.conf")
        // A connection that asks nothing: a request would spend the window.
        .waitingFor(Wait.forListeningPort());
  }

  /** The given proxy's two lines; the rest is what nginx does unless told otherwise. */
  private static String configuration(String tls, String rate, String upstream) {
    return """
        events {}
        http {
            log_format sluice 'sluice $status $request_length';
            access_log /dev/stdout sluice;
            limit_req_zone $binary_remote_addr zone=ch-limit:10m rate=%s;
            server {
                listen %d %s;
                limit_req zone=ch-limit;
                location / {
                    proxy_pass http://%s:%d;
                }
            }
        }
        """
        .formatted(rate, PORT, tls, upstream, ClickHouseServer.HTTP_PORT);
  }

  private Nginx start() {
    Docker.start(Image.NGINX, container);
    return this;
  }

  URI url() {
    return URI.create(
        "%s://%s:%d/".formatted(scheme, container.getHost(), container.getMappedPort(PORT)));
  }

  /** All requests so far, in the order in which they ended. */
  List<Request> requests() {
    Matcher logged = LOGGED.matcher(container.getLogs(OutputType.STDOUT));
    return logged.results().map(Nginx::request).toList();
  }

  private static Request request(MatchResult logged) {
    return new Request(Integer.parseInt(logged.group(1)), Long.parseLong(logged.group(2)));
  }

  @Override
  public void close() {
    container.stop();
  }
}
