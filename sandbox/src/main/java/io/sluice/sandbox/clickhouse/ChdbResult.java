package io.sluice.sandbox.clickhouse;

import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.OutputStream;

/** The output of a statement, in the engine's memory until it is closed. Used by one thread. */
final class ChdbResult implements AutoCloseable {
  private static final int PIECE_BYTES = 256 << 10;

  private final ChdbApi api;
  private final Pointer result;

  private ChdbResult(ChdbApi api, Pointer result) {
    this.api = api;
    this.result = result;
  }

  /** Takes over what the engine returned; throws if that is an error. */
  static ChdbResult of(ChdbApi api, Pointer result) throws ClickHouseException {
    ChdbResult taken = new ChdbResult(api, result);
    try {
      ClickHouseException.throwIf(api.chdb_result_error(result));
    } catch (ClickHouseException e) {
      taken.close();
      throw e;
    }
    return taken;
  }

  long lengthBytes() {
    return api.chdb_result_length(result);
  }

  /** Copies the output in pieces: all of it may be more than the heap. */
  void writeTo(OutputStream out) throws IOException {
    long length = lengthBytes();
    Pointer buffer = api.chdb_result_buffer(result);
    for (long at = 0; at < length; at += PIECE_BYTES) {
      out.write(buffer.getByteArray(at, (int) Math.min(PIECE_BYTES, length - at)));
    }
  }

  @Override
  public void close() {
    api.chdb_destroy_query_result(result);
  }
}
