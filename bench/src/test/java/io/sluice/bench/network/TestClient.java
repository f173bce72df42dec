package io.sluice.bench.network;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A client that blocks for half a minute at most. */
final class TestClient implements AutoCloseable {
  private final Socket socket;

  TestClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(30_000);
  }

  void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  void send(byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  String receive(int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
  }

  byte[] receiveAll() throws IOException {
    return socket.getInputStream().readAllBytes();
  }

  void endRequest() throws IOException {
    socket.shutdownOutput();
  }

  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  Socket socket() {
    return socket;
  }

  /** Sends all of it from another thread, then ends the request. */
  CompletableFuture<Void> sendAside(byte[] bytes) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            send(bytes);
            endRequest();
          } catch (IOException e) {
            throw new CompletionException(e);
          }
        },
        task -> {
          Thread thread = new Thread(task, "test-client");
          thread.setDaemon(true);
          thread.start();
        });
  }

  /** What the server makes of these bytes, sent as one request on a connection of its own. */
  static byte[] exchange(int port, byte[] request) throws IOException {
    try (TestClient client = new TestClient(port)) {
      CompletableFuture<Void> sent = client.sendAside(request);
      byte[] answer = client.receiveAll();
      sent.join();
      return answer;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
