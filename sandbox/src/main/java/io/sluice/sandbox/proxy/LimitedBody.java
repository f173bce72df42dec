package io.sluice.sandbox.proxy;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A client's request body on its way to the server. It ends in an error beyond the size limit, and
 * remembers whether it was the client who failed: the same {@link IOException} would otherwise look
 * like a failure of the server that is written to.
 *
 * <p>On either error the server is cut off before the error is thrown. Whoever writes a body of
 * unknown length ends it properly even after an error, and the server would take the part for the
 * whole.
 */
final class LimitedBody extends FilterInputStream {
  private final long maxBytes;
  private final Runnable cutOff;
  private long bytes;
  private boolean tooLarge;
  private boolean clientFailed;

  /**
   * @param cutOff ends the connection to the server at once
   */
  LimitedBody(InputStream in, long maxBytes, Runnable cutOff) {
    super(in);
    this.cutOff = cutOff;
    this.maxBytes = maxBytes;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count;
    try {
      count = super.read(target, offset, length);
    } catch (IOException e) {
      clientFailed = true;
      cutOff.run();
      throw e;
    }
    bytes += Math.max(count, 0);
    if (bytes > maxBytes) {
      tooLarge = true;
      cutOff.run();
      throw new IOException("body of more than " + maxBytes + " bytes");
    }
    return count;
  }

  boolean tooLarge() {
    return tooLarge;
  }

  boolean clientFailed() {
    return clientFailed;
  }
}
