package io.sluice.ops.metrics;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where processes show their metrics to Prometheus. */
public final class PrometheusEndpoint {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

  private PrometheusEndpoint() {}

  /**
   * The metrics of several processes taken together; empty if none answers.
   *
   * @param urls such as {@code http://taskmanager:9249}; a name that has several addresses stands
   *     for all of them, as that of a headless service of Kubernetes does
   */
  public static Optional<PrometheusText> scrape(List<URI> urls) {
    List<String> answers =
        urls.stream()
            .flatMap(PrometheusEndpoint::addresses)
            .flatMap(url -> get(url).stream())
            .toList();
    return answers.isEmpty()
        ? Optional.empty()
        : Optional.of(PrometheusText.parse(String.join("\n", answers)));
  }

  /** With TLS the name is what the certificate is for, so it stays. */
  private static Stream<URI> addresses(URI url) {
    if (!"http".equals(url.getScheme())) {
      return Stream.of(url);
    }
    try {
      return Stream.of(InetAddress.getAllByName(url.getHost()))
          .map(address -> at(url, address))
          .distinct();
    } catch (UnknownHostException notThere) {
      return Stream.empty();
    }
  }

  private static URI at(URI url, InetAddress address) {
    String literal = address.getHostAddress();
    String host =
        address instanceof Inet6Address ? "[" + literal.replaceFirst("%.*", "") + "]" : literal;
    return URI.create("http://" + host + (url.getPort() < 0 ? "" : ":" + url.getPort()));
  }

  private static Optional<String> get(URI url) {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve("/metrics")).timeout(ANSWER_WITHIN).build();
    try {
      return Optional.of(CLIENT.send(request, HttpResponse.BodyHandlers.ofString()))
          .filter(answer -> answer.statusCode() == 200)
          .map(HttpResponse::body);
    } catch (IOException notThere) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
