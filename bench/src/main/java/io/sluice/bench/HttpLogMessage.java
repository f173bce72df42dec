package io.sluice.bench;

import io.sluice.clickhouse.block.Utf8Slice;
import io.sluice.httplog.HttpLogRecord;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes a record as the Cap'n Proto message a log producer sends: standard framing, one segment,
 * {@code struct HttpLogRecord} with five data words and four pointers.
 *
 * <pre>
 * word  0      segment count - 1 (UInt32), words in the segment (UInt32)
 *       1      pointer to the struct: offset 0, 5 data words, 4 pointers
 *       2..5   timestampEpochMilli, resourceId, bytesSent, requestTimeMilli
 *       6      responseStatus (UInt16), padding
 *       7..10  pointers to cacheStatus, method, remoteAddr, url: byte lists
 *      11..    the texts, each with a NUL, padded to whole words
 * </pre>
 *
 * <p>Source: <a href="https://capnproto.org/encoding.html">the encoding's specification</a>.
 */
final class HttpLogMessage {
  private static final int FIRST_POINTER = 7;
  private static final int FIRST_TEXT = 11;

  private HttpLogMessage() {}

  static byte[] of(HttpLogRecord record) {
    Utf8Slice[] texts = {record.cacheStatus, record.method, record.remoteAddr, record.url};
    int words = FIRST_TEXT;
    for (Utf8Slice text : texts) {
      words += wordsOf(text);
    }
    ByteBuffer message = ByteBuffer.allocate(words * 8).order(ByteOrder.LITTLE_ENDIAN);
    message.putInt(0).putInt(words - 1).putLong(5L << 32 | 4L << 48);
    message.putLong(record.timestampEpochMilli).putLong(record.resourceId);
    message.putLong(record.bytesSent).putLong(record.requestTimeMilli);
    message.putLong(record.responseStatus & 0xFFFFL);
    int at = FIRST_TEXT;
    for (int i = 0; i < texts.length; i++) {
      long offset = (long) at - (FIRST_POINTER + i) - 1;
      message.putLong(1 | offset << 2 | 2L << 32 | (texts[i].length + 1L) << 35);
      System.arraycopy(texts[i].bytes, texts[i].offset, message.array(), at * 8, texts[i].length);
      at += wordsOf(texts[i]);
    }
    return message.array();
  }

  private static int wordsOf(Utf8Slice text) {
    return (text.length + 1 + 7) / 8;
  }
}
