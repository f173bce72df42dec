package io.sluice.sandbox.produce;

import io.sluice.schema.HttpLog;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.capnproto.MessageBuilder;

/** Cap'n Proto messages of {@code http_log.capnp}, unpacked and framed, and ones that are not. */
final class HttpLogMessage {
  private static final int FIRST_SEGMENT_WORDS = 64;

  private HttpLogMessage() {}

  static byte[] encode(EdgeRequest request) {
    MessageBuilder message = new MessageBuilder(FIRST_SEGMENT_WORDS);
    HttpLog.HttpLogRecord.Builder record = message.initRoot(HttpLog.HttpLogRecord.factory);
    record.setTimestampEpochMilli(request.timestampEpochMilli());
    record.setResourceId(request.resourceId());
    record.setBytesSent(request.bytesSent());
    record.setRequestTimeMilli(request.requestTimeMilli());
    record.setResponseStatus((short) request.responseStatus());
    record.setCacheStatus(request.cacheStatus());
    record.setMethod(request.method());
    record.setRemoteAddr(request.remoteAddr());
    record.setUrl(request.url());
    return framed(message.getSegmentsForOutput());
  }

  /** Segment count less one, each segment's size in words, padding to a word, the segments. */
  private static byte[] framed(ByteBuffer[] segments) {
    int header = (segments.length / 2 + 1) * 8;
    int body = Arrays.stream(segments).mapToInt(ByteBuffer::remaining).sum();
    ByteBuffer framed = ByteBuffer.allocate(header + body).order(ByteOrder.LITTLE_ENDIAN);
    framed.putInt(segments.length - 1);
    for (ByteBuffer segment : segments) {
      framed.putInt(segment.remaining() / 8);
    }
    framed.position(header);
    for (ByteBuffer segment : segments) {
      framed.put(segment);
    }
    return framed.array();
  }

  /**
   * Something that no reader can decode: by turns nothing at all, a message cut in half, and a
   * frame that claims four billion segments.
   *
   * @param ordinal which one of these it is, from 0
   */
  static byte[] malformed(long ordinal, EdgeRequest request) {
    byte[] good = encode(request);
    return switch ((int) (ordinal % 3)) {
      case 0 -> new byte[0];
      case 1 -> Arrays.copyOf(good, good.length / 2);
      default -> {
        Arrays.fill(good, 0, 4, (byte) 0xFF);
        yield good;
      }
    };
  }
}
