package io.sluice.clickhouse.http;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server on a raw socket that plays one script per connection, so that it can misbehave in every
 * way a network does. Keeps what it received.
 */
final class ScriptedServer implements Closeable {

  /** What to do with one connection; closing it at the end is done by the server. */
  interface Script {
    void play(Connection connection) throws IOException, InterruptedException;
  }

  static final String OK =
      "HTTP/1.1 200 OK\r\nX-ClickHouse-Query-Id: 0f3a-77\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

  /** Answers 100, takes the body, then answers 200, as ClickHouse does. */
  static final Script ACCEPT = afterBody(OK);

  /** Answers with {@code response} once it has the whole body. */
  static Script afterBody(String response) {
    return connection -> {
      connection.readRequest();
      connection.send(response);
    };
  }

  /** Answers with {@code response} instead of a 100, then counts what still comes. */
  static Script beforeBody(String response) {
    return connection -> {
      connection.readHead();
      connection.send(response);
      connection.readToEnd();
    };
  }

  private final ServerSocket listener;
  private final Script script;
  private final List<Connection> connections = new CopyOnWriteArrayList<>();
  private final CountDownLatch stopped = new CountDownLatch(1);

  ScriptedServer(Script script) throws IOException {
    this.script = script;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::acceptAll);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Connections so far, each when its script has ended. */
  List<Connection> ended() throws InterruptedException {
    for (Connection connection : connections) {
      if (!connection.ended.await(10, TimeUnit.SECONDS)) {
        throw new AssertionError("script still running");
      }
    }
    return connections;
  }

  @Override
  public void close() throws IOException {
    stopped.countDown();
    listener.close();
    for (Connection connection : connections) {
      connection.socket.close();
    }
  }

  private void acceptAll() {
    try {
      while (true) {
        Connection connection = new Connection(listener.accept());
        connections.add(connection);
        daemon(connection::play);
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** One connection and what came in on it. */
  final class Connection {
    private final Socket socket;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private volatile String head = "";

    Connection(Socket socket) {
      this.socket = socket;
    }

    String head() {
      return head;
    }

    /** Value of a header of the request, or the empty string. */
    String header(String name) {
      Matcher matcher =
          Pattern.compile("(?im)^" + Pattern.quote(name) + ": *(.*?)\r?$").matcher(head);
      return matcher.find() ? matcher.group(1) : "";
    }

    byte[] body() {
      return body.toByteArray();
    }

    void readHead() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      InputStream in = socket.getInputStream();
      String text = "";
      while (!text.endsWith("\r\n\r\n")) {
        int b = in.read();
        if (b < 0) {
          throw new IOException("no head");
        }
        bytes.write(b);
        text = b == '\n' ? bytes.toString(StandardCharsets.UTF_8) : text;
      }
      head = text;
    }

    /** Head and body; asks for the body in between. */
    void readRequest() throws IOException {
      readHead();
      sendContinue();
      readBody();
    }

    void readBody() throws IOException {
      readBytes(Integer.parseInt(header("Content-Length")));
    }

    void readBytes(int count) throws IOException {
      body.write(socket.getInputStream().readNBytes(count));
    }

    /** Takes whatever comes until the client hangs up. */
    void readToEnd() {
      try {
        socket.getInputStream().transferTo(body);
      } catch (IOException e) {
        // Hung up with a reset.
      }
    }

    void send(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
    }

    /** Asks for the body, if the client waits to be asked. */
    void sendContinue() throws IOException {
      if (!header("Expect").isEmpty()) {
        send("HTTP/1.1 100 Continue\r\n\r\n");
      }
    }

    /** Sends {@code text} again and again, with pauses, until the client hangs up. */
    void trickle(String text) throws IOException, InterruptedException {
      while (!stopped.await(20, TimeUnit.MILLISECONDS)) {
        send(text);
      }
    }

    void halfClose() throws IOException {
      socket.shutdownOutput();
    }

    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    /** Neither reads nor writes until the server is closed. */
    void hang() throws InterruptedException {
      stopped.await();
    }

    private void play() {
      try (socket) {
        script.play(this);
      } catch (IOException e) {
        // The client hung up, which is for the test to judge.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        ended.countDown();
      }
    }
  }
}
