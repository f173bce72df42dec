package io.sluice.clickhouse.sink;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of a heap that buffers may take, a fifth, shared by all lanes that are open in this JVM,
 * whatever sink they are of. Who wants less than an equal share gets it, and the others share what
 * is left equally; each may hold one request. Lanes come and go, so the limit of a lane changes.
 *
 * <p>Jobs of a session cluster do not see each other: each has the sink's classes for itself.
 *
 * <p>Thread-safe.
 */
final class BufferMemory {
  static final BufferMemory OF_THE_JVM = new BufferMemory(Runtime.getRuntime().maxMemory());

  /**
   * Bytes of heap per byte that may be buffered: while a checkpoint is written, Flink holds up to
   * three copies of operator state beside it.
   */
  private static final int HEAP_PER_BUFFER = 5;

  private static final Logger LOG = LoggerFactory.getLogger(BufferMemory.class);

  private final long heapBytes;

  /** Those who want least first. */
  private final List<Share> shares = new ArrayList<>();

  BufferMemory(long heapBytes) {
    this.heapBytes = heapBytes;
  }

  /** What one open lane may buffer. */
  final class Share implements AutoCloseable {
    private final SinkSettings settings;
    private volatile long limitBytes;

    private Share(SinkSettings settings) {
      this.settings = settings;
    }

    long limitBytes() {
      return limitBytes;
    }

    @Override
    public void close() {
      synchronized (BufferMemory.this) {
        shares.remove(this);
        divide();
      }
    }

    @Override
    public String toString() {
      return "%s %d bytes (of %s)"
          .formatted(
              settings.statement().database() + "." + settings.statement().table(),
              limitBytes,
              settings.maxBufferBytes() == SinkSettings.WHAT_FITS
                  ? "what fits"
                  : settings.maxBufferBytes());
    }
  }

  synchronized Share open(SinkSettings settings) {
    Share share = new Share(settings);
    shares.add(share);
    shares.sort(Comparator.comparingLong(each -> each.settings.wantedBufferBytes()));
    divide();
    warning().ifPresent(LOG::warn);
    return share;
  }

  /**
   * Empty if each lane may buffer what it asked for, and all lanes together what the heap takes.
   */
  synchronized Optional<String> warning() {
    long takes = heapBytes / HEAP_PER_BUFFER;
    if (shares.stream().allMatch(each -> each.limitBytes >= each.settings.maxBufferBytes())
        && shares.stream().mapToLong(Share::limitBytes).sum() <= takes) {
      return Optional.empty();
    }
    return Optional.of(
        ("A heap of %d bytes takes buffers of %d bytes in all; the lanes in this JVM may buffer %s. For"
                + " more, raise taskmanager.memory.process.size, by %d bytes of heap per byte buffered,"
                + " or lower maxBufferSize of one of these sinks for the others")
            .formatted(
                heapBytes,
                takes,
                shares.stream().map(Share::toString).collect(Collectors.joining(", ")),
                HEAP_PER_BUFFER));
  }

  private void divide() {
    long left = heapBytes / HEAP_PER_BUFFER;
    int lanes = shares.size();
    for (Share share : shares) {
      long equal = Math.max(share.settings.maxRequestBytes(), left / lanes--);
      share.limitBytes = Math.min(share.settings.wantedBufferBytes(), equal);
      left = Math.max(0, left - share.limitBytes);
    }
  }
}
