package io.sluice.bench.network;

import io.sluice.ops.OperatorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One TCP route: listens on 127.0.0.1, forwards to another port of 127.0.0.1, and can be broken in
 * the ways in which networks break. Half-closed connections and resets pass through; a target that
 * refuses looks to the client like a connection that is reset at once.
 *
 * <p>One fault at a time: each takes the place of the one before, and {@link #heal} ends it. A
 * method returns when what it does can be seen from outside. Once closed, all do nothing.
 *
 * <p>Thread-safe. It holds about 4 MiB per connection and direction at most, then it reads no more.
 */
public final class Link implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  private final InetSocketAddress source;
  private final InetSocketAddress target;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicReference<Trigger> trigger = new AtomicReference<>();
  private InetSocketAddress address;
  private ServerSocket listener;
  private Thread acceptor;
  private boolean closed;
  private volatile LinkFault fault = LinkFault.NONE;

  /** An action that waits for a request of some size. */
  private record Trigger(long bytes, Runnable action) {}

  /**
   * Opens it.
   *
   * @param listenPort where clients connect; 0 for any that is free
   * @param sourceHost the address that the target sees as the client's: any in 127.0.0.0/8
   * @throws UncheckedIOException if the port is taken
   */
  @SuppressWarnings("AddressSelection") // these are addresses, not names to look up
  public Link(int listenPort, int targetPort, String sourceHost) {
    this.source = new InetSocketAddress(sourceHost, 0);
    this.target = new InetSocketAddress(LOOPBACK, targetPort);
    this.address = new InetSocketAddress(LOOPBACK, listenPort);
    listen();
  }

  private synchronized void listen() {
    try {
      ServerSocket socket = new ServerSocket();
      try {
        socket.setReuseAddress(true);
        socket.bind(address);
      } catch (IOException taken) {
        socket.close();
        throw new IOException("cannot listen on " + address, taken);
      }
      listener = socket;
      address = (InetSocketAddress) socket.getLocalSocketAddress();
      acceptor = new Thread(() -> accept(socket), "link-" + address.getPort());
      acceptor.setDaemon(true);
      acceptor.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocket from) {
    try {
      while (true) {
        take(from.accept());
      }
    } catch (IOException e) {
      if (!from.isClosed()) {
        throw new UncheckedIOException("the link accepts no more", e);
      }
    }
  }

  private void take(Socket client) throws IOException {
    client.setTcpNoDelay(true);
    Connection connection = new Connection(this, client);
    connections.add(connection);
    connection.start(source, target);
  }

  /** Where clients connect; stays the same when the link was cut. */
  public synchronized int port() {
    return address.getPort();
  }

  /** Resets the connections of this moment, on both sides, once; new ones pass. */
  public synchronized void reset() {
    connections.forEach(Connection::reset);
  }

  /** Ends the fault; a trigger stays. */
  public void heal() {
    apply(LinkFault.NONE);
  }

  /**
   * Makes it faulty.
   *
   * @throws UncheckedIOException if the link was cut, and something else took its port meanwhile
   */
  public synchronized void apply(LinkFault next) {
    if (closed) {
      return;
    }
    if (next.kind() == LinkFault.Kind.CUT) {
      closeListener();
      reset();
    } else if (listener.isClosed()) {
      listen();
    }
    fault = next;
    connections.forEach(Connection::wake);
  }

  /**
   * The port is free, and nothing is accepted any longer, when the thread that accepts has ended.
   */
  private void closeListener() {
    try {
      listener.close();
      acceptor.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw OperatorException.interrupted("closing a link");
    }
  }

  /** Connections that still have an open side. */
  int open() {
    return connections.size();
  }

  /** Bytes read and not yet written. */
  long heldBytes() {
    return connections.stream().mapToLong(Connection::heldBytes).sum();
  }

  /**
   * Runs the action, once, when a connection has carried that many bytes to the server since it
   * last carried a byte of an answer: in the middle of a request, if requests are larger. No
   * further byte of that connection reaches the server until the action has ended. It may use this
   * link. A second call takes the place of the first.
   */
  public void onRequestBytes(long bytes, Runnable action) {
    trigger.set(new Trigger(bytes, action));
  }

  /** Forgets the action if it has not begun. */
  public void cancelTrigger() {
    trigger.set(null);
  }

  /**
   * How many of some bytes may follow those that have passed, so that the trigger is not missed.
   */
  int bytesToTrigger(long passedBytes, int bytes) {
    Trigger waiting = trigger.get();
    return waiting == null
        ? bytes
        : (int) Math.min(bytes, Math.max(1, waiting.bytes() - passedBytes));
  }

  /** Runs the action that these bytes trigger. */
  void passedToServer(long sinceAnswer) {
    Trigger waiting = trigger.get();
    if (waiting != null && sinceAnswer >= waiting.bytes() && trigger.compareAndSet(waiting, null)) {
      waiting.action().run();
    }
  }

  void forget(Connection connection) {
    connections.remove(connection);
  }

  LinkFault fault() {
    return fault;
  }

  /** Resets all connections and stops listening; returns when nothing is accepted any longer. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closeListener();
      reset();
      closed = true;
    }
  }
}
