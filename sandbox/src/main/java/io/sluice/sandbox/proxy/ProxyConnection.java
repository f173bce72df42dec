package io.sluice.sandbox.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/**
 * One client's connection, which carries one request. Size and rate are decided from the head
 * alone: a client that waits for 100 Continue sends no body in vain. Runs on a thread of its own.
 */
final class ProxyConnection implements Runnable {
  /** What nginx logs for a client that hung up in the middle of its body. */
  private static final int CLIENT_BROKE_OFF = 400;

  /** As long as nginx waits for a client that says nothing ({@code client_body_timeout}). */
  private static final int CLIENT_TIMEOUT_MILLI = 60_000;

  /** As long as nginx reads on after an early answer ({@code lingering_time}). */
  private static final Duration LINGER = Duration.ofSeconds(30);

  private static final Pattern TOKEN = Pattern.compile("[?&]insert_deduplication_token=([^&]*)");

  private final Socket socket;
  private final ProxyConfig config;
  private final RequestLimit limit;
  private final AccessLog log;
  private final DefaultBHttpServerConnection client;

  ProxyConnection(Socket socket, ProxyConfig config, RequestLimit limit, AccessLog log) {
    this.socket = socket;
    this.config = config;
    this.limit = limit;
    this.log = log;
    this.client = new DefaultBHttpServerConnection("http", Http1Config.DEFAULT);
  }

  @Override
  public void run() {
    try (socket) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(CLIENT_TIMEOUT_MILLI);
      client.bind(socket);
      ClassicHttpRequest request = client.receiveRequestHeader();
      if (request != null) {
        long startNanos = System.nanoTime();
        int status = serve(request);
        log(request, status, (System.nanoTime() - startNanos) / 1_000_000);
        linger();
      }
    } catch (IOException | HttpException e) {
      // No request, or nobody left to answer: nginx does not log that either.
    }
  }

  private int serve(ClassicHttpRequest request) throws IOException, HttpException {
    long bodyBytes = DefaultContentLengthStrategy.INSTANCE.determineLength(request);
    if (bodyBytes > config.maxBodyBytes()) {
      return answer(413, "Request Entity Too Large");
    }
    if (!limit.admit(socket.getInetAddress().getHostAddress())) {
      return answer(503, "Service Temporarily Unavailable");
    }
    Upstream upstream;
    try {
      upstream =
          Upstream.connect(
              RateLimitingProxy.local(config.upstreamPort()), config.upstreamTimeout());
    } catch (SocketTimeoutException e) {
      return answer(504, "Gateway Time-out");
    } catch (IOException e) {
      return answer(502, "Bad Gateway");
    }
    try (upstream) {
      return pass(request, bodyBytes == ContentLengthStrategy.UNDEFINED, upstream);
    }
  }

  private int pass(ClassicHttpRequest request, boolean withoutBody, Upstream upstream)
      throws IOException, HttpException {
    LimitedBody body = withoutBody ? null : receiveBody(request, upstream);
    ClassicHttpResponse response;
    try {
      upstream.send(request, body);
      response = upstream.receive(request.getMethod());
    } catch (IOException | HttpException e) {
      if (body != null && body.tooLarge()) {
        return answer(413, "Request Entity Too Large");
      }
      if (body != null && body.clientFailed()) {
        return CLIENT_BROKE_OFF;
      }
      return e instanceof SocketTimeoutException
          ? answer(504, "Gateway Time-out")
          : answer(502, "Bad Gateway");
    }
    return answer(response);
  }

  private LimitedBody receiveBody(ClassicHttpRequest request, Upstream upstream)
      throws IOException, HttpException {
    if (request.containsHeader(HttpHeaders.EXPECT)) {
      client.sendResponseHeader(new BasicClassicHttpResponse(100));
      client.flush();
    }
    client.receiveRequestEntity(request);
    return new LimitedBody(
        request.getEntity().getContent(), config.maxBodyBytes(), upstream::close);
  }

  private int answer(ClassicHttpResponse from) throws IOException, HttpException {
    BasicClassicHttpResponse response =
        new BasicClassicHttpResponse(from.getCode(), from.getReasonPhrase());
    Upstream.copyHeaders(from, response);
    HttpEntity entity = from.getEntity();
    if (entity != null) {
      Upstream.frame(response, entity.getContentLength());
      response.setEntity(entity);
    }
    return send(response);
  }

  private int answer(int status, String reason) throws IOException, HttpException {
    BasicClassicHttpResponse response = new BasicClassicHttpResponse(status, reason);
    StringEntity entity = new StringEntity(status + " " + reason + "\n", ContentType.TEXT_PLAIN);
    response.setHeader(HttpHeaders.CONTENT_TYPE, entity.getContentType());
    Upstream.frame(response, entity.getContentLength());
    response.setEntity(entity);
    return send(response);
  }

  private int send(ClassicHttpResponse response) throws IOException, HttpException {
    response.setHeader(HttpHeaders.CONNECTION, "close");
    client.sendResponseHeader(response);
    if (response.getEntity() != null) {
      client.sendResponseEntity(response);
    }
    client.flush();
    return response.getCode();
  }

  private void log(ClassicHttpRequest request, int status, long durationMilli) {
    Matcher token = TOKEN.matcher(request.getRequestUri());
    log.write(
        new AccessLog.Entry(
            System.currentTimeMillis(),
            status,
            client.getEndpointDetails().getReceivedBytesCount(),
            durationMilli,
            request.getMethod(),
            token.find() ? token.group(1) : "-"));
  }

  /**
   * Ends the connection gently: closing it while a client still sends would reset it, and the
   * client would lose the answer that is on its way.
   */
  private void linger() throws IOException {
    socket.shutdownOutput();
    socket.setSoTimeout(Math.toIntExact(LINGER.toMillis()));
    long endNanos = System.nanoTime() + LINGER.toNanos();
    byte[] ignored = new byte[64 << 10];
    InputStream in = socket.getInputStream();
    while (in.read(ignored) >= 0 && System.nanoTime() < endNanos) {
      // What a client sends after the answer is of no interest.
    }
  }
}
