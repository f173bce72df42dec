package io.sluice.sandbox.clickhouse;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;

/**
 * Decodes zstd frames in a row (RFC 8878) and insists that the last one is whole.
 *
 * <p>{@code ZstdInputStream} does not: if a frame that breaks off was already in its buffer when
 * the frame before it ended, the part is dropped without an error, and with it the rows in it.
 */
final class ZstdFrames extends InputStream {
  /** A zstd block, the unit of decoding, has at most as much. */
  private static final int BUFFER_BYTES = 128 << 10;

  private final ReadableByteChannel in;
  private final ZstdDecompressCtx context = new ZstdDecompressCtx();
  private final ByteBuffer encoded = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);
  private final ByteBuffer decoded = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);
  private boolean withinFrame;
  private boolean decodedMayWait;

  ZstdFrames(InputStream in) {
    this.in = Channels.newChannel(in);
  }

  @Override
  public int read() throws IOException {
    return fill() ? decoded.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, decoded.remaining());
    decoded.get(target, offset, count);
    return count;
  }

  /** Makes sure that there is something decoded; false at the end of the last frame. */
  private boolean fill() throws IOException {
    while (!decoded.hasRemaining()) {
      if (!encoded.hasRemaining() && !decodedMayWait) {
        int count = in.read(encoded.clear());
        encoded.flip();
        if (count < 0 && withinFrame) {
          throw new EOFException("a zstd frame breaks off");
        }
        if (count < 0) {
          return false;
        }
      }
      decode();
    }
    return true;
  }

  private void decode() throws IOException {
    decoded.clear();
    try {
      withinFrame = !context.decompressDirectByteBufferStream(decoded, encoded);
    } catch (ZstdException e) {
      throw new IOException("not zstd: " + e.getMessage(), e);
    }
    // A full buffer may be only the first part of what the context has decoded.
    decodedMayWait = withinFrame && !decoded.hasRemaining();
    decoded.flip();
  }

  @Override
  public void close() throws IOException {
    context.close();
    in.close();
  }
}
