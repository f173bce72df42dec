package io.sluice.source;

import io.sluice.record.HttpLogRecord;
import io.sluice.record.Utf8Slice;
import io.sluice.schema.HttpLog;
import org.capnproto.DecodeException;
import org.capnproto.MessageReader;
import org.capnproto.ReaderOptions;
import org.capnproto.Text;

/**
 * Decodes one Cap'n Proto message of the schema's {@code HttpLogRecord} in standard framing.
 *
 * <p>Text is not copied: the record's slices point into the message, whichever segment the text is
 * in, without the terminating NUL. Absent text is empty, fields an older writer did not know are 0
 * or empty, fields of a newer one are skipped, a null root is a record of defaults.
 *
 * <p>Not thread-safe.
 */
public final class HttpLogDecoder {
  /** The root; no field of it is a struct. */
  private static final int NESTING_LIMIT = 1;

  private final MessageFraming framing = new MessageFraming();

  /**
   * Overwrites every field of {@code record} but the Kafka timestamp.
   *
   * @param message may be null; must not change as long as the record is in use
   * @throws UndecodableMessageException whatever is wrong with the message; the record is then
   *     cleared, so that nothing half-decoded can be taken for a record
   */
  public void decode(byte[] message, HttpLogRecord record) throws UndecodableMessageException {
    try {
      read(message, record);
    } catch (UndecodableMessageException e) {
      record.clear();
      throw e;
    } catch (DecodeException e) {
      record.clear();
      throw new UndecodableMessageException(e.getMessage());
    } catch (RuntimeException e) {
      // The library follows far pointers unchecked and relies on the array's own bounds.
      record.clear();
      throw new UndecodableMessageException(
          "Message contains out-of-bounds pointer (" + e.getClass().getSimpleName() + ")");
    }
  }

  private void read(byte[] message, HttpLogRecord record) throws UndecodableMessageException {
    HttpLog.HttpLogRecord.Reader reader =
        new MessageReader(framing.segments(message), limits(message))
            .getRoot(HttpLog.HttpLogRecord.factory);
    record.timestampEpochMilli = reader.getTimestampEpochMilli();
    record.resourceId = reader.getResourceId();
    record.bytesSent = reader.getBytesSent();
    record.requestTimeMilli = reader.getRequestTimeMilli();
    record.responseStatus = Short.toUnsignedInt(reader.getResponseStatus());
    readText(reader.hasCacheStatus() ? reader.getCacheStatus() : null, message, record.cacheStatus);
    readText(reader.hasMethod() ? reader.getMethod() : null, message, record.method);
    readText(reader.hasRemoteAddr() ? reader.getRemoteAddr() : null, message, record.remoteAddr);
    readText(reader.hasUrl() ? reader.getUrl() : null, message, record.url);
  }

  /**
   * Objects of a legal message do not overlap, so reading each once reads no more words than the
   * message has. That is what keeps a small message from becoming a large row.
   */
  private static ReaderOptions limits(byte[] message) {
    return new ReaderOptions(message.length / 8, NESTING_LIMIT);
  }

  private static void readText(Text.Reader text, byte[] message, Utf8Slice target)
      throws UndecodableMessageException {
    if (text == null || text.size == 0) {
      target.clear();
      return;
    }
    // The library computes a text's place in 32 bits and checks its last byte only.
    if (text.offset < 0 || text.offset > text.buffer.limit() - text.size) {
      throw new UndecodableMessageException("Message contains out-of-bounds text pointer");
    }
    target.set(message, text.buffer.arrayOffset() + text.offset, text.size);
  }
}
