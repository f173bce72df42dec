package io.sluice.bench.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A real server on a free port; each connection has a thread. */
final class TestTarget implements AutoCloseable {
  /** What it does with a connection, which is closed afterwards. */
  interface Service {
    void serve(Socket socket) throws IOException;
  }

  private final ServerSocket listener;
  private final Service service;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<IOException> failures = new CopyOnWriteArrayList<>();
  private final AtomicLong received = new AtomicLong();

  TestTarget(Service service) throws IOException {
    this.service = service;
    listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** Sends back what comes, until the client has no more; then says goodbye. */
  static TestTarget echo() throws IOException {
    return counting(true);
  }

  /** Reads all. */
  static TestTarget sink() throws IOException {
    return counting(false);
  }

  private static TestTarget counting(boolean sendsBack) throws IOException {
    TestTarget[] self = new TestTarget[1];
    self[0] =
        new TestTarget(
            socket -> {
              byte[] buffer = new byte[1 << 16];
              int read;
              while ((read = socket.getInputStream().read(buffer)) >= 0) {
                self[0].received.addAndGet(read);
                if (sendsBack) {
                  socket.getOutputStream().write(buffer, 0, read);
                }
              }
            });
    return self[0];
  }

  int port() {
    return listener.getLocalPort();
  }

  List<Socket> sockets() {
    return sockets;
  }

  /** What connections have failed of. */
  List<IOException> failures() {
    return failures;
  }

  long received() {
    return received.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        sockets.add(socket);
        start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      service.serve(socket);
    } catch (IOException failed) {
      failures.add(failed);
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "test-target");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
