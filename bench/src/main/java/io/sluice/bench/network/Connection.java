package io.sluice.bench.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A client, the server it is connected with, and a {@link Pipe} each way with a thread at each end.
 * An I/O error on either side resets both.
 */
final class Connection {
  private static final int CHUNK_BYTES = 64 << 10;

  private final Link link;
  private final Socket client;
  private final Socket server = new Socket();
  private final Pipe requests;
  private final Pipe answers;
  private final AtomicLong bytesSinceAnswer = new AtomicLong();
  private final AtomicInteger directionsLeft = new AtomicInteger(2);
  private volatile boolean clientLost;

  Connection(Link link, Socket client) {
    this.link = link;
    this.client = client;
    requests = new Pipe(link::fault);
    answers = new Pipe(link::fault);
  }

  private interface Work {
    void run() throws IOException;
  }

  /**
   * Connects, as soon as the link passes anything.
   *
   * @param source the address that the server sees
   */
  void start(InetSocketAddress source, InetSocketAddress target) {
    start(this::readRequests);
    start(
        () -> {
          requests.awaitPassing();
          server.bind(source);
          server.connect(target);
          server.setTcpNoDelay(true);
          start(this::readAnswers);
          start(this::writeAnswers);
          writeRequests();
        });
  }

  private void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException gone) {
                reset();
              }
            },
            "link-connection");
    thread.setDaemon(true);
    thread.start();
  }

  private void readRequests() throws IOException {
    byte[] buffer = new byte[CHUNK_BYTES];
    try {
      InputStream in = client.getInputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        requests.add(Arrays.copyOf(buffer, read));
      }
    } catch (SocketException gone) {
      if (!clientLost) {
        requests.awaitPassed();
        throw gone;
      }
    }
    requests.add(Pipe.END);
  }

  private void writeRequests() throws IOException {
    OutputStream out = server.getOutputStream();
    for (byte[] chunk = requests.next(); chunk.length > 0; chunk = requests.next()) {
      for (int at = 0; at < chunk.length; ) {
        int piece = link.bytesToTrigger(bytesSinceAnswer.get(), chunk.length - at);
        long sinceAnswer = bytesSinceAnswer.addAndGet(piece);
        out.write(chunk, at, piece);
        at += piece;
        requests.passed(piece);
        link.passedToServer(sinceAnswer);
      }
    }
    server.shutdownOutput();
    finishDirection();
  }

  private void readAnswers() throws IOException {
    byte[] buffer = new byte[CHUNK_BYTES];
    InputStream in = server.getInputStream();
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      if (!clientLost && link.fault().losesAnswerTo(bytesSinceAnswer.get())) {
        clientLost = true;
        reset(client);
      }
      if (!clientLost) {
        bytesSinceAnswer.set(0);
        answers.add(Arrays.copyOf(buffer, read));
      }
    }
    answers.add(Pipe.END);
  }

  private void writeAnswers() throws IOException {
    for (byte[] chunk = answers.next(); chunk.length > 0; chunk = answers.next()) {
      try {
        client.getOutputStream().write(chunk);
      } catch (SocketException gone) {
        if (!clientLost) {
          throw gone;
        }
      }
      answers.passed(chunk.length);
    }
    if (!clientLost) {
      client.shutdownOutput();
    }
    finishDirection();
  }

  private void finishDirection() throws IOException {
    if (directionsLeft.decrementAndGet() == 0) {
      link.forget(this);
      client.close();
      server.close();
    }
  }

  int heldBytes() {
    return requests.heldBytes() + answers.heldBytes();
  }

  /** The fault of the link is another one now. */
  void wake() {
    requests.wake();
    answers.wake();
  }

  void reset() {
    link.forget(this);
    reset(client);
    reset(server);
    requests.close();
    answers.close();
  }

  static void reset(Socket socket) {
    try (socket) {
      socket.setSoLinger(true, 0);
    } catch (IOException closedAlready) {
      // That is what is wanted.
    }
  }
}
