package io.sluice.bench.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One direction of a connection: what was read and not yet written, in order, each chunk with the
 * moment from which it may be written. The end of the stream, and a reset by the reading side, wait
 * in the same line. Used by the loop of the link alone.
 */
final class Pipe {
  static final long NEVER = Long.MAX_VALUE;

  /** What is held before reading stops, as when a real peer's window is full. */
  static final int MAX_HELD_BYTES = 4 << 20;

  private final SocketChannel from;
  private final SocketChannel to;
  private final AtomicLong counter;
  private final ArrayDeque<Chunk> held = new ArrayDeque<>();
  private int heldBytes;
  private long lastDueNanos = Long.MIN_VALUE;
  private long freeAtNanos = Long.MIN_VALUE;
  private long wakeAtNanos = NEVER;
  private boolean targetFull;
  private boolean readToEnd;
  private boolean finished;
  private boolean discarding;

  Pipe(SocketChannel from, SocketChannel to, AtomicLong counter) {
    this.from = from;
    this.to = to;
    this.counter = counter;
  }

  /**
   * Reads what is there into {@code scratch}, which is lent until {@link #giveBack}.
   *
   * @return how many bytes came
   */
  int read(ByteBuffer scratch, long nowNanos, Fault fault) {
    int read;
    Optional<IOException> failure = Optional.empty();
    try {
      read = from.read(scratch.clear());
    } catch (IOException reset) {
      read = -1;
      failure = Optional.of(reset);
    }
    readToEnd = read < 0;
    if (discarding) {
      finished = readToEnd;
    } else if (read != 0) {
      add(new Chunk(scratch.flip(), dueNanos(nowNanos, fault), readToEnd, failure));
    }
    return Math.max(0, read);
  }

  /** Ends the stream here, behind what is held. */
  void end(long nowNanos) {
    if (!readToEnd) {
      readToEnd = true;
      add(new Chunk(ByteBuffer.allocate(0), nowNanos, true, Optional.empty()));
    }
  }

  /** From now on reads and throws away; there is nobody to write to. */
  void discard() {
    discarding = true;
    held.clear();
    heldBytes = 0;
    targetFull = false;
    wakeAtNanos = NEVER;
    finished = readToEnd;
  }

  /**
   * Writes what may be written now, up to {@code maxBytes}.
   *
   * @return how many bytes were written
   * @throws IOException if the target is gone, or the reading side was reset and it is time to say
   *     so
   */
  long flush(long nowNanos, Fault fault, long maxBytes) throws IOException {
    targetFull = false;
    wakeAtNanos = NEVER;
    long written = 0;
    while (!held.isEmpty() && !fault.holds()) {
      Chunk chunk = held.element();
      long due = fault.delays() ? chunk.dueNanos() : fault.throttles() ? freeAtNanos : nowNanos;
      if (due > nowNanos) {
        wakeAtNanos = due;
        break;
      }
      if (chunk.last()) {
        finish(chunk);
        break;
      }
      long allowed = Math.min(maxBytes - written, fault.sliceBytes());
      if (allowed == 0) {
        break;
      }
      int wrote = chunk.writeTo(to, allowed);
      written += wrote;
      counter.addAndGet(wrote);
      heldBytes -= wrote;
      freeAtNanos = nowNanos + fault.pauseNanosAfter(wrote);
      if (!chunk.bytes().hasRemaining()) {
        held.remove();
      } else if (wrote < allowed) {
        targetFull = true;
        passResetOverFullTarget();
        break;
      }
    }
    return written;
  }

  /** Gives the scratch buffer back: what is left of it moves into memory of its own. */
  void giveBack() {
    if (!held.isEmpty() && held.getLast().isLent()) {
      held.add(held.removeLast().copy());
    }
  }

  boolean wantsToRead() {
    return !readToEnd && heldBytes < MAX_HELD_BYTES;
  }

  int heldBytes() {
    return heldBytes;
  }

  boolean waitsForTarget() {
    return targetFull;
  }

  /** Whether the end of the stream has been passed on. */
  boolean finished() {
    return finished;
  }

  /** When to flush again though nothing else happens, or {@link #NEVER}. */
  long wakeAtNanos() {
    return wakeAtNanos;
  }

  private void add(Chunk chunk) {
    held.add(chunk);
    heldBytes += chunk.last() ? 0 : chunk.bytes().remaining();
  }

  private long dueNanos(long nowNanos, Fault fault) {
    lastDueNanos = Math.max(lastDueNanos, nowNanos + fault.nextDelayNanos());
    return lastDueNanos;
  }

  private void finish(Chunk end) throws IOException {
    if (end.failure().isPresent()) {
      throw end.failure().get();
    }
    held.remove();
    to.shutdownOutput();
    finished = true;
  }

  /** A reset overtakes what the target does not take, as it does without us. */
  private void passResetOverFullTarget() throws IOException {
    Chunk last = held.getLast();
    if (last.failure().isPresent()) {
      throw last.failure().get();
    }
  }
}
