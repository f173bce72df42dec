package io.sluice.sandbox.produce;

import io.sluice.schema.HttpLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.capnproto.ArrayOutputStream;
import org.capnproto.MessageBuilder;
import org.capnproto.Serialize;

/** Cap'n Proto messages of {@code http_log.capnp}, unpacked and framed, and ones that are not. */
public final class HttpLogMessage {
  private static final int FIRST_SEGMENT_WORDS = 64;

  private HttpLogMessage() {}

  public static byte[] encode(EdgeRequest request) {
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
    ByteBuffer framed =
        ByteBuffer.allocate((int) Serialize.computeSerializedSizeInWords(message) * Long.BYTES);
    try {
      Serialize.write(new ArrayOutputStream(framed), message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
