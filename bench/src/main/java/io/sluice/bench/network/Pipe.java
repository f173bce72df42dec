package io.sluice.bench.network;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The bytes of one direction of a connection between the thread that reads them and the one that
 * writes them, held as long as the link's fault says. Thread-safe.
 */
final class Pipe {
  /** Of what is held; more is not read. */
  static final int MAX_HELD_BYTES = 4 << 20;

  /** A chunk that stands for the end of the stream. */
  static final byte[] END = {};

  private static final long PATIENCE_MILLIS = 200;

  private final Supplier<LinkFault> fault;
  private final Deque<Chunk> held = new ArrayDeque<>();
  private int heldBytes;
  private boolean closed;

  /**
   * What one read returned.
   *
   * @param dueNanos when it may be written while the link delays, by {@link System#nanoTime}
   */
  // The array is carried, never compared.
  @SuppressWarnings("ArrayRecordComponent")
  private record Chunk(byte[] bytes, long dueNanos) {}

  Pipe(Supplier<LinkFault> fault) {
    this.fault = fault;
  }

  /** Blocks while too much is held. */
  synchronized void add(byte[] bytes) throws IOException {
    while (heldBytes >= MAX_HELD_BYTES) {
      await(0);
    }
    held.add(new Chunk(bytes, System.nanoTime() + fault.get().nextDelayNanos()));
    heldBytes += bytes.length;
    notifyAll();
  }

  /** Blocks until there are bytes that may be written, or {@link #END}; they count until passed. */
  synchronized byte[] next() throws IOException {
    while (true) {
      awaitPassing();
      Chunk first = held.peek();
      if (first == null) {
        await(0);
        continue;
      }
      long earlyNanos = first.dueNanos() - System.nanoTime();
      if (fault.get().kind() != LinkFault.Kind.DELAY || earlyNanos <= 0) {
        return held.remove().bytes();
      }
      await(TimeUnit.NANOSECONDS.toMillis(earlyNanos) + 1);
    }
  }

  synchronized void passed(int bytes) {
    heldBytes -= bytes;
    notifyAll();
  }

  /** Blocks while the link is stalled. */
  synchronized void awaitPassing() throws IOException {
    while (fault.get().kind() == LinkFault.Kind.STALL) {
      await(0);
    }
  }

  /**
   * Blocks until all is written, or the target takes no more: a reset overtakes that, as it does
   * without us.
   */
  synchronized void awaitPassed() throws IOException {
    int before = -1;
    while (heldBytes > 0 && (heldBytes != before || fault.get().kind() != LinkFault.Kind.NONE)) {
      before = heldBytes;
      await(PATIENCE_MILLIS);
    }
  }

  synchronized int heldBytes() {
    return heldBytes;
  }

  /** The fault is another one now. */
  synchronized void wake() {
    notifyAll();
  }

  /** Whoever waits gets an IOException. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  @SuppressWarnings("WaitNotInLoop") // the loops are the callers'
  private synchronized void await(long millis) throws IOException {
    try {
      if (!closed) {
        wait(millis);
      }
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
    if (closed) {
      throw new IOException("the connection is over");
    }
  }
}
