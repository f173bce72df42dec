package io.sluice.sandbox.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An HTTP client that shows every byte, on one connection. */
final class RawClient implements AutoCloseable {
  private final Socket socket;

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(30_000);
  }

  /** One request with a whole body; returns the answer's head and body as text. */
  static String post(int port, String uri, byte[] body) throws IOException {
    try (RawClient client = new RawClient(port)) {
      client.sendHead("POST", uri, "Content-Length: " + body.length);
      try {
        client.send(body);
      } catch (IOException e) {
        // The answer may have come first; it is still to be read.
      }
      return client.answer();
    }
  }

  void sendHead(String method, String uri, String... headers) throws IOException {
    StringBuilder head = new StringBuilder(method + " " + uri + " HTTP/1.1\r\nHost: proxy\r\n");
    head.append("Connection: close\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    send(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
  }

  void send(byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  /** The next answer's head only. */
  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    InputStream in = socket.getInputStream();
    int c;
    while (head.indexOf("\r\n\r\n") < 0 && (c = in.read()) >= 0) {
      head.append((char) c);
    }
    return head.toString();
  }

  /** Everything until the proxy hangs up. */
  String answer() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
