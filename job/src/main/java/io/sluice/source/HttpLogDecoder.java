package io.sluice.source;

import io.sluice.record.HttpLogRecord;
import io.sluice.record.Utf8Slice;

/**
 * Decodes Cap'n Proto messages of the schema's {@code HttpLogRecord} in standard framing. A Kafka
 * value holds one of them, or several behind one another, as a stream does. In a root struct are
 *
 * <pre>
 *   word     0                    1           2          3                 4
 *   data     timestampEpochMilli  resourceId  bytesSent  requestTimeMilli  responseStatus (16 bits)
 *   pointers cacheStatus          method      remoteAddr url
 * </pre>
 *
 * <p>Text is not copied: the record's slices point into the message, whichever segment the text is
 * in, without the terminating NUL. Absent text is empty, fields an older writer did not know are 0
 * or empty, fields of a newer one are skipped, a null root is a record of defaults.
 *
 * <p>What is no message to the C++ implementation is none here. Its Java library is not used for
 * this: it computes places in 32 bits, follows far pointers unchecked, and words its errors with
 * what it read. Allocates nothing. Not thread-safe.
 */
public final class HttpLogDecoder {
  private final MessageFraming framing = new MessageFraming();
  private final PointerReader pointer = new PointerReader(framing);

  /** Where the root is. */
  private int segment;

  private int data;
  private int dataWords;
  private int pointerCount;

  private int textWordsLeft;

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
      findRoot();
      // Objects of a legal message do not overlap. This keeps a small message from becoming a
      // large row.
      textWordsLeft = framing.end() - from / 8;
      readFields(message, record);
      int end = framing.end() * 8;
      return end == message.length || isPadding(message, end) ? message.length : end;
    } catch (UndecodableMessageException e) {
      record.clear();
      throw e;
    }
  }

  /**
   * What fills up a buffer of fixed size. A word of zeros begins no message, since it announces one
   * without a root; fewer zeros may, and the rest of it is missing.
   */
  private static boolean isPadding(byte[] message, int from) {
    if (message.length - from < 8) {
      return false;
    }
    for (int i = from; i < message.length; i++) {
      if (message[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private void findRoot() throws UndecodableMessageException {
    if (framing.start(0) == framing.end(0)) {
      throw new UndecodableMessageException(Defect.NO_ROOT);
    }
    pointer.follow(0, framing.start(0));
    pointer.requireStruct();
    segment = pointer.segment();
    data = pointer.target();
    dataWords = pointer.dataWords();
    pointerCount = pointer.pointerCount();
  }

  private void readFields(byte[] message, HttpLogRecord record) throws UndecodableMessageException {
    record.timestampEpochMilli = number(0);
    record.resourceId = number(1);
    record.bytesSent = number(2);
    record.requestTimeMilli = number(3);
    record.responseStatus = (int) number(4) & 0xffff;
    readText(0, message, record.cacheStatus);
    readText(1, message, record.method);
    readText(2, message, record.remoteAddr);
    readText(3, message, record.url);
  }

  private long number(int index) {
    return index < dataWords ? framing.word(data + index) : 0;
  }

  private void readText(int index, byte[] message, Utf8Slice text)
      throws UndecodableMessageException {
    int place = data + dataWords + index;
    if (index >= pointerCount || framing.word(place) == 0) {
      text.clear();
      return;
    }
    pointer.follow(segment, place);
    pointer.requireText();
    int bytes = pointer.textBytes();
    textWordsLeft -= bytes / 8 + 1;
    if (textWordsLeft < 0) {
      throw new UndecodableMessageException(Defect.TEXTS_OVERLAP);
    }
    if (bytes == 0) {
      text.clear();
    } else {
      text.set(message, pointer.target() * 8, bytes);
    }
  }
}
