package io.sluice.bench.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * What one read returned.
 *
 * @param bytes what is still to be written; none in the last chunk
 * @param dueNanos when it may be written while the link delays, by {@link System#nanoTime}
 * @param last whether it stands for the end of the stream
 * @param failure why the stream ended, if it was not closed but reset
 */
record Chunk(ByteBuffer bytes, long dueNanos, boolean last, Optional<IOException> failure) {

  /** Writes at most that many bytes, fewer if the target takes no more; returns how many. */
  int writeTo(SocketChannel to, long maxBytes) throws IOException {
    int limit = bytes.limit();
    bytes.limit(bytes.position() + (int) Math.min(maxBytes, bytes.remaining()));
    try {
      return to.write(bytes);
    } finally {
      bytes.limit(limit);
    }
  }

  /** Whether the bytes are in the buffer into which the loop reads, the only direct one. */
  boolean isLent() {
    return bytes.isDirect();
  }

  /** The same in memory of its own. */
  Chunk copy() {
    ByteBuffer own = ByteBuffer.allocate(bytes.remaining());
    own.put(bytes.duplicate()).flip();
    return new Chunk(own, dueNanos, last, failure);
  }
}
