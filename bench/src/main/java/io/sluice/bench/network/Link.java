package io.sluice.bench.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

/**
 * One TCP route: listens on 127.0.0.1, forwards to another port of 127.0.0.1, and can be broken in
 * the ways in which networks break. Half-closed connections and resets pass through; a target that
 * refuses looks to the client like a connection that is reset at once.
 *
 * <p>One fault at a time: each takes the place of the one before, and {@link #heal} ends it. A
 * method returns when what it does can be seen from outside. Once closed, all do nothing; if no
 * sockets are left, all that change something throw IllegalStateException.
 *
 * <p>Thread-safe. It holds about 4 MiB per connection and direction at most, then it reads no more.
 */
public final class Link implements AutoCloseable {
  private final String name;
  private final InetSocketAddress source;
  private final InetSocketAddress target;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong resets = new AtomicLong();
  private final AtomicLong bytesToServer = new AtomicLong();
  private final AtomicLong bytesToClient = new AtomicLong();
  private final AtomicReference<Trigger> trigger = new AtomicReference<>();
  private InetSocketAddress address;
  private ServerSocket listener;
  private Thread acceptor;
  private boolean closed;
  private volatile Fault fault = Fault.NONE;
  private volatile IOException failure;

  /** An action that waits for a request of some size. */
  private record Trigger(long bytes, Runnable action) {}

  private Link(String name, int listenPort, int targetPort, InetAddress sourceAddress) {
    this.name = name;
    this.source = new InetSocketAddress(sourceAddress, 0);
    this.target = new InetSocketAddress(loopback(), targetPort);
    this.address = new InetSocketAddress(loopback(), listenPort);
    listen();
  }

  /**
   * Opens a link.
   *
   * @param listenPort where clients connect; 0 for any that is free
   * @throws UncheckedIOException if the port is taken
   */
  public static Link open(String name, int listenPort, int targetPort) {
    return open(name, listenPort, targetPort, loopback());
  }

  /**
   * The same, with the address that the target sees as the client's: any in 127.0.0.0/8.
   *
   * @throws UncheckedIOException if the port is taken
   */
  public static Link open(String name, int listenPort, int targetPort, InetAddress sourceAddress) {
    return new Link(name, listenPort, targetPort, sourceAddress);
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
      acceptor = new Thread(() -> accept(socket), "link-" + name);
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
        failure = e;
      }
    }
  }

  private void take(Socket client) throws IOException {
    client.setTcpNoDelay(true);
    accepted.incrementAndGet();
    Connection connection = new Connection(this, client);
    connections.add(connection);
    connection.start(source, target);
  }

  public String name() {
    return name;
  }

  /** Where clients connect; stays the same over {@link #cut} and {@link #heal}. */
  public synchronized int port() {
    return address.getPort();
  }

  /** Resets all connections, and refuses new ones until {@link #heal}. */
  public void cut() {
    apply(Fault.CUT);
  }

  /** Resets the connections of this moment, on both sides, once; new ones pass. */
  public synchronized void reset() {
    connections.stream().filter(Connection::reset).forEach(each -> countReset());
  }

  /**
   * Holds up what is read from now on, in both directions, in order. What is held goes on at once
   * when the link heals.
   *
   * @param each for how long, at least
   * @param jitter how much longer at most; the share of it is drawn anew for each chunk
   * @param random drawn from once, here, so that what else comes from it does not depend on traffic
   */
  public void delay(Duration each, Duration jitter, RandomGenerator random) {
    apply(Fault.delay(each, jitter, random.nextLong()));
  }

  /**
   * A black hole: bytes are taken and held, connections stay open, new ones are accepted and not
   * passed on. After {@link #heal} everything arrives, also from a client that has given up by
   * then.
   */
  public void stall() {
    apply(Fault.STALL);
  }

  /**
   * Passes requests on, but resets the client's side as soon as the first byte of an answer comes:
   * the server has done its work, and the client does not know.
   *
   * @param requestBytes answers to less than this pass, such as "100 Continue" to the head of a
   *     request whose body then follows; 0 for no answer at all
   */
  public void loseAnswers(long requestBytes) {
    apply(Fault.loseAnswers(requestBytes));
  }

  /**
   * Ends the fault; what was held goes on. A trigger stays.
   *
   * @throws UncheckedIOException if the link was cut, and something else took its port meanwhile
   */
  public void heal() {
    apply(Fault.NONE);
  }

  private synchronized void apply(Fault next) {
    if (closed) {
      return;
    }
    if (failure != null) {
      throw new IllegalStateException("the link has failed", failure);
    }
    if (next.kind() == Fault.Kind.CUT) {
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
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    boolean interrupted = false;
    while (acceptor.isAlive()) {
      try {
        acceptor.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  public Stats stats() {
    return new Stats(
        accepted.get(),
        connections.size(),
        resets.get(),
        bytesToServer.get(),
        bytesToClient.get(),
        connections.stream().mapToLong(Connection::heldBytes).sum());
  }

  /**
   * Runs the action, once, when a connection has carried that many bytes to the server since it
   * last carried a byte of an answer: in the middle of a request, if requests are larger. No
   * further byte of that connection reaches the server until the action has ended. It may use this
   * link; what it throws resets the connection and goes to the uncaught exception handler. A second
   * call takes the place of the first.
   */
  public void onRequestBytes(long bytes, Runnable action) {
    if (bytes < 1) {
      throw new IllegalArgumentException("bytes is " + bytes + ", must be at least 1");
    }
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

  /** Counts bytes, and runs the action that they trigger. */
  void passedToServer(int bytes, long sinceAnswer) {
    bytesToServer.addAndGet(bytes);
    Trigger waiting = trigger.get();
    if (waiting != null && sinceAnswer >= waiting.bytes() && trigger.compareAndSet(waiting, null)) {
      waiting.action().run();
    }
  }

  void passedToClient(int bytes) {
    bytesToClient.addAndGet(bytes);
  }

  void countReset() {
    resets.incrementAndGet();
  }

  boolean forget(Connection connection) {
    return connections.remove(connection);
  }

  Fault fault() {
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

  private static InetAddress loopback() {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * What a {@link Link} has carried since it was opened.
   *
   * @param accepted connections taken from clients
   * @param open connections that still have an open side
   * @param reset connections that this link has reset on purpose; not those that a client, a server
   *     or a refusing target ended
   * @param bytesToServer written to servers; what is held or thrown away does not count
   * @param bytesToClient written to clients, likewise
   * @param bytesHeld read and not yet written, at this moment
   */
  public record Stats(
      long accepted,
      long open,
      long reset,
      long bytesToServer,
      long bytesToClient,
      long bytesHeld) {}
}
