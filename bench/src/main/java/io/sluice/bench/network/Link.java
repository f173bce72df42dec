package io.sluice.bench.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * One TCP route: listens on 127.0.0.1, forwards to another port of 127.0.0.1, and can be broken in
 * the ways in which networks break. Half-closed connections and resets pass through; a target that
 * refuses looks to the client like a connection that is reset at once.
 *
 * <p>One fault at a time: each takes the place of the one before, and {@link #heal} ends it. A
 * method returns when what it does can be seen from outside. Once closed, all do nothing; if the
 * thread of the link has failed (no sockets left), all that change something throw
 * IllegalStateException.
 *
 * <p>Thread-safe; a daemon thread of its own does all the work. It holds about 4 MiB per connection
 * and direction at most, then it reads no more.
 */
public final class Link implements AutoCloseable {
  private final String name;
  private final LinkLoop loop;
  private final Thread thread;

  private Link(String name, LinkLoop loop) {
    this.name = name;
    this.loop = loop;
    thread = new Thread(loop, threadName(name));
    thread.setDaemon(true);
  }

  /**
   * Opens a link.
   *
   * @param listenPort where clients connect; 0 for any that is free
   * @throws UncheckedIOException if the port is taken
   */
  public static Link open(String name, int listenPort, int targetPort) {
    return open(name, listenPort, targetPort, loopback(1));
  }

  /**
   * The same, with the address that the target sees as the client's: any in 127.0.0.0/8.
   *
   * @throws UncheckedIOException if the port is taken
   */
  public static Link open(String name, int listenPort, int targetPort, InetAddress sourceAddress) {
    try {
      LinkLoop loop =
          new LinkLoop(
              threadName(name),
              new InetSocketAddress(loopback(1), listenPort),
              new InetSocketAddress(loopback(1), targetPort),
              new InetSocketAddress(sourceAddress, 0));
      Link link = new Link(name, loop);
      link.thread.start();
      return link;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String name() {
    return name;
  }

  /** Where clients connect; stays the same over {@link #cut} and {@link #heal}. */
  public int port() {
    return loop.port();
  }

  /** Resets all connections, and refuses new ones until {@link #heal}. */
  public void cut() {
    loop.now(() -> loop.apply(Fault.CUT));
  }

  /** Resets the connections of this moment, on both sides, once; new ones pass. */
  public void reset() {
    loop.now(loop::resetAll);
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
    Fault delay = Fault.delay(each, jitter, random.nextLong());
    loop.now(() -> loop.apply(delay));
  }

  /**
   * A black hole: bytes are taken and held, connections stay open, new ones are accepted and not
   * passed on. After {@link #heal} everything arrives, also from a client that has given up by
   * then.
   */
  public void stall() {
    loop.now(() -> loop.apply(Fault.STALL));
  }

  /**
   * Passes requests on, but resets the client's side as soon as the first byte of an answer comes:
   * the server has done its work, and the client does not know.
   *
   * @param requestBytes answers to less than this pass, such as "100 Continue" to the head of a
   *     request whose body then follows; 0 for no answer at all
   */
  public void loseAnswers(long requestBytes) {
    Fault loseAnswers = Fault.loseAnswers(requestBytes);
    loop.now(() -> loop.apply(loseAnswers));
  }

  /** Lets that much through, per connection and direction. */
  public void throttle(long bytesPerSecond) {
    Fault throttle = Fault.throttle(bytesPerSecond);
    loop.now(() -> loop.apply(throttle));
  }

  /**
   * Ends the fault; what was held goes on. A trigger stays.
   *
   * @throws UncheckedIOException if the link was cut, and something else took its port meanwhile
   */
  public void heal() {
    loop.now(() -> loop.apply(Fault.NONE));
  }

  public LinkStats stats() {
    return loop.counters().snapshot();
  }

  /**
   * Runs the action, once, when a connection has carried that many bytes to the server since it
   * last carried a byte of an answer: in the middle of a request, if requests are larger. No
   * further byte of that connection reaches the server until the action has ended. It runs on a
   * thread of its own and may use this link; what it throws goes to the uncaught exception handler.
   * A second call takes the place of the first.
   */
  public void onRequestBytes(long bytes, Runnable action) {
    if (bytes < 1) {
      throw new IllegalArgumentException("bytes is " + bytes + ", must be at least 1");
    }
    loop.now(() -> loop.trigger().set(bytes, action));
  }

  /** Forgets the action if it has not begun. */
  public void cancelTrigger() {
    loop.now(loop.trigger()::cancel);
  }

  /** Resets all connections and stops listening; returns when the thread of the link has ended. */
  @Override
  public void close() {
    loop.now(loop::stop);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static String threadName(String name) {
    return "link-" + name;
  }

  private static InetAddress loopback(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
