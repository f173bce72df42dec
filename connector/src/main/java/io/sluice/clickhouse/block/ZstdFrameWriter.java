package io.sluice.clickhouse.block;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Compresses one stream of bytes after the other into one zstd frame each.
 *
 * <p>A frame names its content size, so that zstd fits its tables to it and a reader can allocate
 * at once; and it ends with a checksum (4 bytes, some 5 ns/row), so that a bit that flips in a
 * checkpoint or on the wire is an error at the server and not a wrong row.
 *
 * <p>The bytes go through two small direct buffers: heap arrays would be pinned while zstd works,
 * which holds up the garbage collector, and direct buffers as large as a block would count against
 * the JVM's limit for direct memory, which Flink sets tightly. One context and its tables are
 * reused for all frames. Not thread-safe; {@link #close()} frees the native memory.
 */
public final class ZstdFrameWriter implements ByteSink, AutoCloseable {
  /** A zstd block at most, what the library recommends for either side. */
  private static final int CHUNK_BYTES = 128 << 10;

  private final ZstdCompressCtx context = new ZstdCompressCtx();
  private final int level;
  private final ByteBuffer input = ByteBuffer.allocateDirect(CHUNK_BYTES);
  private final ByteBuffer output = ByteBuffer.allocateDirect(CHUNK_BYTES);
  private byte[] frame = new byte[CHUNK_BYTES];
  private int frameBytes;

  public ZstdFrameWriter(int level) {
    this.level = level;
  }

  /** Begins a frame, dropping one that was not finished; exactly {@code rawBytes} must follow. */
  public void start(long rawBytes) {
    context.reset(); // Forgets the parameters too.
    context.setLevel(level).setChecksum(true).setContentSize(true);
    context.setPledgedSrcSize(rawBytes);
    input.clear();
    output.clear();
    frameBytes = 0;
  }

  @Override
  public void accept(byte[] bytes, int offset, int length) {
    int end = offset + length;
    for (int at = offset; at < end; ) {
      if (!input.hasRemaining()) {
        compress(EndDirective.CONTINUE);
      }
      int count = Math.min(end - at, input.remaining());
      input.put(bytes, at, count);
      at += count;
    }
  }

  /** Ends the frame and returns a copy of it. */
  public byte[] finish() {
    compress(EndDirective.END);
    return Arrays.copyOf(frame, frameBytes);
  }

  private void compress(EndDirective directive) {
    input.flip();
    boolean done;
    do {
      boolean flushed = context.compressDirectByteBufferStream(output, input, directive);
      done = directive == EndDirective.END ? flushed : !input.hasRemaining();
      drain();
    } while (!done);
    input.clear();
  }

  private void drain() {
    output.flip();
    int more = output.remaining();
    if (frame.length - frameBytes < more) {
      frame = Arrays.copyOf(frame, Math.max(Math.addExact(frameBytes, more), 2 * frame.length));
    }
    output.get(frame, frameBytes, more);
    frameBytes += more;
    output.clear();
  }

  @Override
  public void close() {
    context.close();
  }
}
