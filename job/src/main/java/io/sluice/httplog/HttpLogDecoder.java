package io.sluice.httplog;

import io.sluice.clickhouse.block.Utf8Slice;
import io.sluice.feed.capnp.Defect;
import io.sluice.feed.capnp.MessageFraming;
import io.sluice.feed.capnp.PointerCheck;
import io.sluice.feed.kafka.UndecodableMessageException;
import io.sluice.schema.HttpLog;
import org.capnproto.MessageReader;
import org.capnproto.ReaderOptions;
import org.capnproto.Text;

/**
 * Decodes Cap'n Proto messages of the schema's {@code HttpLogRecord} in standard framing. A Kafka
 * value holds one of them, or several behind one another, as a stream does.
 *
 * <p>Text is not copied: the record's slices point into the message, whichever segment the text is
 * in, without the terminating NUL. Absent text is empty, fields an older writer did not know are 0
 * or empty, fields of a newer one are skipped, a null root is a record of defaults.
 *
 * <p>What is no message to the C++ implementation is none here: the pointers are {@link
 * PointerCheck checked} before the generated reader follows them. Not thread-safe.
 */
public final class HttpLogDecoder {
  /** The fields that are texts are the root's first pointers. */
  private static final int TEXTS = 4;

  /** The root; no field of it is a struct. */
  private static final int NESTING_LIMIT = 1;

  private final MessageFraming framing = new MessageFraming();
  private final PointerCheck pointer = new PointerCheck(framing);

  /**
   * Overwrites every field of {@code record} but its arrival.
   *
   * @param message may be null; must not change as long as the record is in use
   * @param from where in {@code message} it begins: 0, or what the last call returned
   * @return where the next one begins; the length of {@code message} if there is none
   * @throws UndecodableMessageException whatever is wrong with the message; the record is then
   *     cleared, so that nothing half-decoded can be taken for a record
   */
  public int decode(byte[] message, int from, HttpLogRecord record)
      throws UndecodableMessageException {
    try {
      framing.open(message, from / 8);
      int messageWords = framing.end() - from / 8;
      checkPointers(messageWords);
      if (pointer.isEmptyStruct()) {
        // Wherever it is, which the library would look at.
        record.clear();
      } else {
        read(message, messageWords, record);
      }
      int end = framing.end() * 8;
      return end == message.length || isPadding(message, end) ? message.length : end;
    } catch (UndecodableMessageException e) {
      record.clear();
      throw e;
    } catch (RuntimeException e) {
      // Its message may quote the message; what passes the check should never get here.
      record.clear();
      throw Defect.REFUSED_BY_THE_LIBRARY.exception();
    }
  }

  /**
   * What fills up a buffer of fixed size. A word of zeros begins no message, since it announces one
   * without a root; fewer zeros may, and the rest of it is missing.
   */
  private static boolean isPadding(byte[] message, int from) {
    int end = from;
    while (end < message.length && message[end] == 0) {
      end++;
    }
    return end == message.length && end - from >= 8;
  }

  /** Whatever is wrong with the root, or with a text that it has. */
  private void checkPointers(int messageWords) throws UndecodableMessageException {
    if (framing.start(0) == framing.end(0)) {
      throw Defect.NO_ROOT.exception();
    }
    pointer.follow(0, framing.start(0));
    pointer.requireStruct();
    int segment = pointer.segment();
    int pointers = pointer.target() + pointer.dataWords();
    int texts = Math.min(TEXTS, pointer.pointerCount());
    // Objects of a legal message do not overlap. This keeps a small message from becoming a large
    // row.
    int wordsLeft = messageWords;
    for (int place = pointers; place < pointers + texts; place++) {
      if (framing.word(place) != 0) {
        pointer.follow(segment, place);
        pointer.requireText();
        wordsLeft -= pointer.textBytes() / 8 + 1;
      }
    }
    if (wordsLeft < 0) {
      throw Defect.TEXTS_OVERLAP.exception();
    }
  }

  private void read(byte[] message, int messageWords, HttpLogRecord record) {
    HttpLog.HttpLogRecord.Reader reader =
        // The root and the texts, each of which the check lets have as many words.
        new MessageReader(framing.segments(), new ReaderOptions(2L * messageWords, NESTING_LIMIT))
            .getRoot(HttpLog.HttpLogRecord.factory);
    record.timestampEpochMilli = reader.getTimestampEpochMilli();
    record.resourceId = reader.getResourceId();
    record.bytesSent = reader.getBytesSent();
    record.requestTimeMilli = reader.getRequestTimeMilli();
    record.responseStatus = Short.toUnsignedInt(reader.getResponseStatus());
    set(record.cacheStatus, message, reader.getCacheStatus());
    set(record.method, message, reader.getMethod());
    set(record.remoteAddr, message, reader.getRemoteAddr());
    set(record.url, message, reader.getUrl());
  }

  private static void set(Utf8Slice slice, byte[] message, Text.Reader text) {
    slice.set(message, text.buffer.arrayOffset() + text.offset, text.size);
  }
}
