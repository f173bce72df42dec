package io.sluice.sandbox.clickhouse;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.StringArray;

/**
 * The part of chDB's C interface ({@code chdb.h} of chdb-core) that the server needs. Names and
 * order of arguments are C's; lengths are {@code size_t}.
 */
interface ChdbApi extends Library {
  void chdb_set_signal_handlers_enabled(int enabled);

  /** Returns a pointer to the connection's handle, or null without saying why. */
  Pointer chdb_connect(int argc, StringArray argv);

  /** Takes what {@link #chdb_connect} returned, not the handle in it. */
  void chdb_close_conn(Pointer connection);

  Pointer chdb_query_n(
      Pointer handle, byte[] query, long queryLength, byte[] format, long formatLength);

  Pointer chdb_result_buffer(Pointer result);

  long chdb_result_length(Pointer result);

  /** UTF-8, or null if there was no error. Belongs to the result. */
  Pointer chdb_result_error(Pointer result);

  void chdb_destroy_query_result(Pointer result);

  /** Never null; {@link #chdb_stream_insert_error} says whether it was opened. */
  Pointer chdb_stream_insert_n(
      Pointer handle, byte[] query, long queryLength, byte[] format, long formatLength);

  /** Copies the bytes; blocks while the engine is behind. Not 0 on failure. */
  int chdb_stream_append(Pointer stream, Memory data, long length);

  /** Ends the data and waits for the engine; the result carries the error, if any. */
  Pointer chdb_stream_done(Pointer stream);

  void chdb_stream_cancel_insert(Pointer stream);

  Pointer chdb_stream_insert_error(Pointer stream);

  void chdb_destroy_insert_stream(Pointer stream);
}
