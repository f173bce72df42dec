package io.sluice.sandbox.clickhouse;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.InputStream;

/** An INSERT whose data is handed over in pieces. Used by one thread. */
final class ChdbInsert implements AutoCloseable {
  private static final int CHUNK_BYTES = 256 << 10;

  private final ChdbApi api;
  private final Pointer stream;

  private ChdbInsert(ChdbApi api, Pointer stream) {
    this.api = api;
    this.stream = stream;
  }

  static ChdbInsert opened(ChdbApi api, Pointer stream) throws ClickHouseException {
    ChdbInsert insert = new ChdbInsert(api, stream);
    try {
      ClickHouseException.throwIf(api.chdb_stream_insert_error(stream));
    } catch (ClickHouseException e) {
      insert.close();
      throw e;
    }
    return insert;
  }

  /**
   * Hands over all of {@code data} and waits until the rows are stored.
   *
   * <p>If the data breaks off, nothing of what was not yet a stored block is applied.
   *
   * @throws ClickHouseException if the engine refuses the data
   * @throws IOException if the data cannot be read to its end; the insert is cancelled
   */
  void run(InputStream data) throws IOException, ClickHouseException {
    boolean all = appendAll(data);
    // The result has the engine's reason if it stopped taking data.
    ChdbResult.of(api, api.chdb_stream_done(stream)).close();
    if (!all) {
      throw new ClickHouseException(
          ClickHouseException.UNKNOWN_EXCEPTION, "the engine left data behind, without an error");
    }
  }

  private boolean appendAll(InputStream data) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    try (Memory memory = new Memory(CHUNK_BYTES)) {
      int length;
      while ((length = data.readNBytes(chunk, 0, chunk.length)) > 0) {
        memory.write(0, chunk, 0, length);
        if (api.chdb_stream_append(stream, memory, length) != 0) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      api.chdb_stream_cancel_insert(stream);
      throw e;
    }
  }

  /** Cancels the insert if it was neither finished nor cancelled. */
  @Override
  public void close() {
    api.chdb_destroy_insert_stream(stream);
  }
}
