package io.sluice.sandbox.clickhouse;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Undoes a request's Content-Encoding while it streams. */
final class RequestBody {
  private static final int BUFFER_BYTES = 64 << 10;

  private RequestBody() {}

  /**
   * The decoded body. Several zstd frames or gzip members in a row are one body; a frame that
   * breaks off is an {@link IOException}, as is a body shorter than it claimed to be. Closing it
   * leaves {@code raw} open.
   *
   * @param encoding of the Content-Encoding header; null or {@code identity} for none
   */
  static InputStream decode(InputStream raw, String encoding)
      throws IOException, ClickHouseException {
    InputStream buffered = new StillOpen(new BufferedInputStream(raw, BUFFER_BYTES));
    return switch (encoding == null ? "identity" : encoding) {
      case "identity", "" -> buffered;
      case "zstd" -> new ZstdFrames(buffered);
      case "gzip", "x-gzip" -> new GZIPInputStream(buffered, BUFFER_BYTES);
      default ->
          throw ClickHouseException.of(
              48, "NOT_IMPLEMENTED", "Content-Encoding '" + encoding + "' is not supported here");
    };
  }

  /**
   * Keeps the request's own stream open, so that it can be read to its end after an error; and says
   * that there is more, because {@link GZIPInputStream} takes {@code available() == 0} for the end
   * of the body, although the next member may only be on its way.
   */
  private static final class StillOpen extends FilterInputStream {
    StillOpen(InputStream in) {
      super(in);
    }

    @Override
    public int available() {
      return 1;
    }

    @Override
    public void close() {
      // The exchange closes it.
    }
  }
}
