package io.sluice.bench.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The one thread of a link: accepts, reads and writes without ever blocking on a socket. All but
 * {@link #counters} and {@link #now} belongs to that thread.
 */
final class LinkLoop implements Runnable {
  private static final int SCRATCH_BYTES = 256 << 10;

  private final InetSocketAddress source;
  private final InetSocketAddress target;
  private final InetSocketAddress listenAddress;
  private final Selector selector;
  private final CommandQueue commands;
  private final LinkCounters counters = new LinkCounters();
  private final RequestTrigger trigger;
  private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
  private final List<Connection> connections = new ArrayList<>();
  private ServerSocketChannel listener;
  private Fault fault = Fault.NONE;
  private boolean running = true;

  LinkLoop(
      String name, InetSocketAddress listen, InetSocketAddress target, InetSocketAddress source)
      throws IOException {
    this.source = source;
    this.target = target;
    trigger = new RequestTrigger(name + "-trigger");
    selector = Selector.open();
    commands = new CommandQueue(selector);
    try {
      listener = listenOn(listen);
      listenAddress = (InetSocketAddress) listener.getLocalAddress();
    } catch (IOException | RuntimeException failed) {
      selector.close();
      throw failed;
    }
  }

  int port() {
    return listenAddress.getPort();
  }

  /**
   * Runs it on the thread of the loop, and returns when its effect can be seen from outside; does
   * nothing if the loop has ended.
   */
  void now(Runnable command) {
    commands.now(command);
  }

  @Override
  public void run() {
    try {
      while (running) {
        if (commands.runAll()) {
          // Sockets that a command has closed leave the system when the selector looks again.
          selector.selectNow(this::ready);
        } else {
          selector.select(this::ready, millisUntilWake());
        }
        pumpDue();
        connections.removeIf(connection -> !connection.isOpen());
        gauge();
        commands.completeAll();
      }
      end();
    } catch (IOException broken) {
      throw fail(new UncheckedIOException(broken));
    } catch (RuntimeException broken) {
      throw fail(broken);
    }
  }

  /** Puts the link into that state, in place of the one it was in. */
  void apply(Fault next) {
    if (next.kind() == Fault.Kind.CUT) {
      closeListener();
      resetAll();
    } else if (!listener.isOpen()) {
      try {
        listener = listenOn(listenAddress);
      } catch (IOException taken) {
        throw new UncheckedIOException(taken);
      }
    }
    fault = next;
    connections.forEach(Connection::pump);
  }

  void resetAll() {
    for (Connection connection : connections) {
      if (connection.reset()) {
        counters.reset.incrementAndGet();
      }
    }
  }

  void stop() {
    running = false;
  }

  void connect(SocketChannel channel) throws IOException {
    channel.bind(source);
    channel.connect(target);
  }

  Selector selector() {
    return selector;
  }

  ByteBuffer scratch() {
    return scratch;
  }

  Fault fault() {
    return fault;
  }

  RequestTrigger trigger() {
    return trigger;
  }

  LinkCounters counters() {
    return counters;
  }

  private ServerSocketChannel listenOn(InetSocketAddress address) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.configureBlocking(false);
      channel.bind(address);
      channel.register(selector, SelectionKey.OP_ACCEPT);
      return channel;
    } catch (IOException | RuntimeException failed) {
      channel.close();
      throw new IOException("cannot listen on " + address, failed);
    }
  }

  private void ready(SelectionKey key) {
    if (key.attachment() instanceof Connection connection) {
      connection.ready(key);
    } else {
      accept();
    }
  }

  private void accept() {
    try {
      SocketChannel client = listener.isOpen() ? listener.accept() : null;
      if (client != null) {
        counters.accepted.incrementAndGet();
        Connection connection = new Connection(this, client);
        connections.add(connection);
        connection.pump();
      }
    } catch (IOException outOfSockets) {
      throw new UncheckedIOException(outOfSockets);
    }
  }

  private void pumpDue() {
    long now = System.nanoTime();
    for (Connection connection : connections) {
      if (connection.wakeAtNanos() <= now) {
        connection.pump();
      }
    }
  }

  /** Rounded up, so that the loop does not turn in vain; 0 stands for no end. */
  private long millisUntilWake() {
    long wakeAt = Pipe.NEVER;
    for (Connection connection : connections) {
      wakeAt = Math.min(wakeAt, connection.wakeAtNanos());
    }
    return wakeAt == Pipe.NEVER
        ? 0
        : Math.max(1, TimeUnit.NANOSECONDS.toMillis(wakeAt - System.nanoTime()) + 1);
  }

  private void closeListener() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void gauge() {
    counters.open.set(connections.size());
    counters.bytesHeld.set(connections.stream().mapToLong(Connection::heldBytes).sum());
  }

  /** A link that is out of order must not look like one without a fault. */
  private RuntimeException fail(RuntimeException cause) {
    commands.fail(cause);
    try {
      end();
    } catch (RuntimeException another) {
      cause.addSuppressed(another);
    }
    return cause;
  }

  private void end() {
    closeListener();
    connections.forEach(Connection::reset);
    connections.clear();
    gauge();
    try {
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      commands.close();
    }
  }
}
