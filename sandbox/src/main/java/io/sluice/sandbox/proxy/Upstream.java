package io.sluice.sandbox.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.io.CloseMode;

/** One request to the server behind the proxy, on a connection of its own. Used by one thread. */
final class Upstream implements AutoCloseable {
  /** They are between two neighbours, not between client and server; Host is set anew. */
  private static final Set<String> NOT_PASSED_ON =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private final DefaultBHttpClientConnection connection;
  private final InetSocketAddress address;

  private Upstream(DefaultBHttpClientConnection connection, InetSocketAddress address) {
    this.connection = connection;
    this.address = address;
  }

  /**
   * Connects.
   *
   * @param timeout for the connection, and then for every wait for the server
   */
  static Upstream connect(InetSocketAddress address, Duration timeout) throws IOException {
    int timeoutMilli = Math.toIntExact(timeout.toMillis());
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(address, timeoutMilli);
      socket.setSoTimeout(timeoutMilli);
      DefaultBHttpClientConnection connection =
          new DefaultBHttpClientConnection(Http1Config.DEFAULT);
      connection.bind(socket);
      return new Upstream(connection, address);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Passes the request on, with {@code body} in the place of its own; null for none. */
  void send(ClassicHttpRequest request, InputStream body) throws IOException, HttpException {
    BasicClassicHttpRequest copy =
        new BasicClassicHttpRequest(request.getMethod(), request.getRequestUri());
    copyHeaders(request, copy);
    copy.setHeader(HttpHeaders.HOST, "127.0.0.1:" + address.getPort());
    copy.setHeader(HttpHeaders.CONNECTION, "close");
    if (body != null) {
      HttpEntity original = request.getEntity();
      frame(copy, original.getContentLength());
      copy.setEntity(new InputStreamEntity(body, original.getContentLength(), null));
    }
    connection.sendRequestHeader(copy);
    if (body != null) {
      connection.sendRequestEntity(copy);
    }
    connection.flush();
  }

  /** Waits for the answer's head; its body, if any, is still to be read. */
  ClassicHttpResponse receive(String method) throws IOException, HttpException {
    ClassicHttpResponse response;
    do {
      response = connection.receiveResponseHeader();
    } while (response.getCode() < 200);
    if (MessageSupport.canResponseHaveBody(method, response)) {
      connection.receiveResponseEntity(response);
    }
    return response;
  }

  /** Copies the headers that are between client and server. */
  static void copyHeaders(HttpMessage from, HttpMessage to) {
    for (Iterator<Header> headers = from.headerIterator(); headers.hasNext(); ) {
      Header header = headers.next();
      if (!NOT_PASSED_ON.contains(header.getName().toLowerCase(Locale.ROOT))) {
        to.addHeader(header);
      }
    }
  }

  /** Announces a body; a negative length is one that is not known. */
  static void frame(HttpMessage message, long lengthBytes) {
    if (lengthBytes >= 0) {
      message.setHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(lengthBytes));
    } else {
      message.setHeader(HttpHeaders.TRANSFER_ENCODING, "chunked");
    }
  }

  /** Hangs up at once. In the middle of a request body this tells the server that it broke off. */
  @Override
  public void close() {
    connection.close(CloseMode.IMMEDIATE);
  }
}
