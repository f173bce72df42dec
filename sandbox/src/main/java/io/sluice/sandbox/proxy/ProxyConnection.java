package io.sluice.sandbox.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.message.MessageSupport;

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

  private static final int PIECE_BYTES = 64 << 10;

  private static final Pattern TOKEN = Pattern.compile("[?&]insert_deduplication_token=([^&]*)");

  /** They are between two neighbours, not between client and server; Host is set anew. */
  private static final Pattern NOT_PASSED_ON =
      Pattern.compile(
          "connection|content-length|expect|host|keep-alive|te|trailer|transfer-encoding|upgrade",
          Pattern.CASE_INSENSITIVE);

  private final Socket socket;
  private final ProxyConfig config;
  private final HttpClient upstream;
  private final RequestLimit limit;
  private final AccessLog log;
  private final DefaultBHttpServerConnection client;

  ProxyConnection(
      Socket socket, ProxyConfig config, HttpClient upstream, RequestLimit limit, AccessLog log) {
    this.socket = socket;
    this.config = config;
    this.upstream = upstream;
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
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int serve(ClassicHttpRequest request)
      throws IOException, HttpException, InterruptedException {
    long bodyBytes = DefaultContentLengthStrategy.INSTANCE.determineLength(request);
    if (bodyBytes > config.maxBodyBytes()) {
      return answer(413, "Request Entity Too Large");
    }
    if (!limit.admit(socket.getInetAddress().getHostAddress())) {
      return answer(503, "Service Temporarily Unavailable");
    }
    if (bodyBytes == ContentLengthStrategy.UNDEFINED) {
      return pass(request, BodyPublishers.noBody());
    }
    Path file = Files.createTempFile("sluice-proxy", ".body");
    try {
      if (request.containsHeader(HttpHeaders.EXPECT)) {
        client.sendResponseHeader(new BasicClassicHttpResponse(100));
        client.flush();
      }
      client.receiveRequestEntity(request);
      boolean fits;
      try {
        fits = keep(request.getEntity().getContent(), file);
      } catch (IOException e) {
        return CLIENT_BROKE_OFF;
      }
      return fits
          ? pass(request, BodyPublishers.ofFile(file))
          : answer(413, "Request Entity Too Large");
    } finally {
      Files.delete(file);
    }
  }

  /** Writes a body into a file, as nginx does; false if it is too large. */
  private boolean keep(InputStream body, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] piece = new byte[PIECE_BYTES];
      long bytes = 0;
      int count;
      while (bytes <= config.maxBodyBytes() && (count = body.read(piece)) >= 0) {
        out.write(piece, 0, count);
        bytes += count;
      }
      return bytes <= config.maxBodyBytes();
    }
  }

  private int pass(ClassicHttpRequest request, BodyPublisher body)
      throws IOException, HttpException, InterruptedException {
    HttpResponse<InputStream> response;
    try {
      HttpRequest.Builder copy =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + config.upstreamPort() + request.getRequestUri()))
              .timeout(config.upstreamTimeout())
              .method(request.getMethod(), body)
              .setHeader(HttpHeaders.CONNECTION, "close");
      for (Header header : request.getHeaders()) {
        if (isPassedOn(header.getName())) {
          copy.header(header.getName(), header.getValue());
        }
      }
      response = upstream.send(copy.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IllegalArgumentException e) {
      return answer(400, "Bad Request");
    } catch (HttpTimeoutException e) {
      return answer(504, "Gateway Time-out");
    } catch (IOException e) {
      return answer(502, "Bad Gateway");
    }
    try (InputStream content = response.body()) {
      BasicClassicHttpResponse answer = new BasicClassicHttpResponse(response.statusCode());
      response
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (isPassedOn(name)) {
                  values.forEach(value -> answer.addHeader(name, value));
                }
              });
      long length = response.headers().firstValueAsLong(HttpHeaders.CONTENT_LENGTH).orElse(-1);
      return MessageSupport.canResponseHaveBody(request.getMethod(), answer)
          ? send(answer, new InputStreamEntity(content, length, null))
          : send(answer, null);
    }
  }

  private static boolean isPassedOn(String header) {
    return !NOT_PASSED_ON.matcher(header).matches();
  }

  private int answer(int status, String reason) throws IOException, HttpException {
    BasicClassicHttpResponse response = new BasicClassicHttpResponse(status, reason);
    response.setHeader(HttpHeaders.CONTENT_TYPE, ContentType.TEXT_PLAIN);
    return send(response, new StringEntity(status + " " + reason + "\n", ContentType.TEXT_PLAIN));
  }

  private int send(BasicClassicHttpResponse response, HttpEntity body)
      throws IOException, HttpException {
    response.setHeader(HttpHeaders.CONNECTION, "close");
    if (body != null && body.getContentLength() >= 0) {
      response.setHeader(HttpHeaders.CONTENT_LENGTH, body.getContentLength());
    } else if (body != null) {
      response.setHeader(HttpHeaders.TRANSFER_ENCODING, "chunked");
    }
    client.sendResponseHeader(response);
    if (body != null) {
      response.setEntity(body);
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
    byte[] ignored = new byte[PIECE_BYTES];
    InputStream in = socket.getInputStream();
    while (in.read(ignored) >= 0 && System.nanoTime() < endNanos) {
      // What a client sends after the answer is of no interest.
    }
  }
}
