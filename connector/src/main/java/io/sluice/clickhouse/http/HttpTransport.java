package io.sluice.clickhouse.http;

import java.nio.charset.StandardCharsets;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.Http1StreamListener;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.util.Timeout;

/**
 * Apache's HTTP client with everything switched off that it would do of its own accord. (The JDK's
 * own client, as of 17, hangs for ever when a request with {@code Expect: 100-continue} is turned
 * away.)
 *
 * <p>At log level DEBUG {@code org.apache.hc.client5.http} writes headers, the password's among
 * them, and bodies: leave it above.
 */
final class HttpTransport {
  private static final int MAX_HEADER_LINE_BYTES = 16 * 1024;
  private static final int MAX_HEADERS = 200;

  private HttpTransport() {}

  /**
   * @param onAnswer called on the sending thread when the head of a final response has arrived
   * @param names looks up hosts
   */
  static CloseableHttpClient create(
      Timeouts timeouts, Runnable onAnswer, DnsResolver names, Authorities authorities) {
    Timeout connect = Timeout.of(timeouts.connect());
    Http1Config http1 =
        Http1Config.custom()
            .setWaitForContinueTimeout(Timeout.of(timeouts.continueWait()))
            .setMaxLineLength(MAX_HEADER_LINE_BYTES)
            .setMaxHeaderCount(MAX_HEADERS)
            .build();
    PoolingHttpClientConnectionManagerBuilder connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(names)
            .setMaxConnTotal(1)
            .setMaxConnPerRoute(1)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom().setConnectTimeout(connect).build())
            .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(connect).build())
            .setConnectionFactory(
                ManagedHttpClientConnectionFactory.builder()
                    .http1Config(http1)
                    // ClickHouse takes header values as UTF-8; the default would send '?' instead.
                    .charCodingConfig(
                        CharCodingConfig.custom().setCharset(StandardCharsets.UTF_8).build())
                    .build());
    if (!authorities.areOfTheJvm()) {
      connections.setTlsSocketStrategy(new DefaultClientTlsStrategy(authorities.context()));
    }
    return HttpClients.custom()
        .setConnectionManager(connections.build())
        .setRequestExecutor(
            new HttpRequestExecutor(
                http1, (request, response, context) -> false, new AnswerListener(onAnswer)))
        .setConnectionReuseStrategy((request, response, context) -> false)
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setResponseTimeout(Timeout.of(timeouts.total()))
                .setAuthenticationEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build())
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableContentCompression()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableConnectionState()
        .setUserAgent("sluice")
        .build();
  }

  /** Tells when a final response begins; 1xx are not final. */
  private record AnswerListener(Runnable onAnswer) implements Http1StreamListener {
    @Override
    public void onRequestHead(HttpConnection connection, HttpRequest request) {}

    @Override
    public void onResponseHead(HttpConnection connection, HttpResponse response) {
      if (response.getCode() >= HttpStatus.SC_SUCCESS) {
        onAnswer.run();
      }
    }

    @Override
    public void onExchangeComplete(HttpConnection connection, boolean keepAlive) {}
  }
}
