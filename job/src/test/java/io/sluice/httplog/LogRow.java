package io.sluice.httplog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.feed.kafka.UndecodableMessageException;
import io.sluice.schema.HttpLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import org.capnproto.BuilderArena.AllocationStrategy;
import org.capnproto.MessageBuilder;
import org.capnproto.Serialize;

/** A record as a value, for comparison, and its encodings. Null text is absent from the message. */
record LogRow(
    long timestampEpochMilli,
    long resourceId,
    long bytesSent,
    long requestTimeMilli,
    int responseStatus,
    String cacheStatus,
    String method,
    String remoteAddr,
    String url) {
  static final LogRow EXAMPLE =
      new LogRow(
          1795176000123L, 42, 1337, 25, 200, "HIT", "GET", "203.0.113.77", "/index.html?q=1");
  static final LogRow DEFAULTS = new LogRow(0, 0, 0, 0, 0, "", "", "", "");

  static LogRow of(HttpLogRecord record) {
    return new LogRow(
        record.timestampEpochMilli,
        record.resourceId,
        record.bytesSent,
        record.requestTimeMilli,
        record.responseStatus,
        record.cacheStatus.toString(),
        record.method.toString(),
        record.remoteAddr.toString(),
        record.url.toString());
  }

  /** Decodes with a record that is full of something else. */
  static LogRow decode(byte[] message) throws UndecodableMessageException {
    HttpLogRecord record = used();
    new HttpLogDecoder().decode(message, 0, record);
    return of(record);
  }

  /** A record in which nothing has its default. */
  static HttpLogRecord used() {
    HttpLogRecord record = new HttpLogRecord();
    record.timestampEpochMilli = 9;
    record.resourceId = 9;
    record.bytesSent = 9;
    record.requestTimeMilli = 9;
    record.responseStatus = 9;
    record.cacheStatus.set("stale");
    record.method.set("stale");
    record.remoteAddr.set("192.0.2.199");
    record.url.set("stale");
    return record;
  }

  /** With absent text as it is decoded. */
  LogRow decoded() {
    return new LogRow(
        timestampEpochMilli,
        resourceId,
        bytesSent,
        requestTimeMilli,
        responseStatus,
        orEmpty(cacheStatus),
        orEmpty(method),
        orEmpty(remoteAddr),
        orEmpty(url));
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  /** As one segment. */
  byte[] encode() {
    return encode(1024);
  }

  /** In segments of {@code segmentWords}, or more where one object needs more. */
  byte[] encode(int segmentWords) {
    MessageBuilder message = new MessageBuilder(segmentWords, AllocationStrategy.FIXED_SIZE);
    HttpLog.HttpLogRecord.Builder root = message.initRoot(HttpLog.HttpLogRecord.factory);
    root.setTimestampEpochMilli(timestampEpochMilli);
    root.setResourceId(resourceId);
    root.setBytesSent(bytesSent);
    root.setRequestTimeMilli(requestTimeMilli);
    root.setResponseStatus((short) responseStatus);
    if (cacheStatus != null) {
      root.setCacheStatus(cacheStatus);
    }
    if (method != null) {
      root.setMethod(method);
    }
    if (remoteAddr != null) {
      root.setRemoteAddr(remoteAddr);
    }
    if (url != null) {
      root.setUrl(url);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      Serialize.write(Channels.newChannel(bytes), message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** In the text form that the {@code capnp} tool reads. */
  String toCapnpText() {
    StringBuilder text =
        new StringBuilder("(timestampEpochMilli = ")
            .append(Long.toUnsignedString(timestampEpochMilli))
            .append(", resourceId = ")
            .append(Long.toUnsignedString(resourceId))
            .append(", bytesSent = ")
            .append(Long.toUnsignedString(bytesSent))
            .append(", requestTimeMilli = ")
            .append(Long.toUnsignedString(requestTimeMilli))
            .append(", responseStatus = ")
            .append(responseStatus);
    appendText(text, "cacheStatus", cacheStatus);
    appendText(text, "method", method);
    appendText(text, "remoteAddr", remoteAddr);
    appendText(text, "url", url);
    return text.append(')').toString();
  }

  private static void appendText(StringBuilder text, String field, String value) {
    if (value == null) {
      return;
    }
    text.append(", ").append(field).append(" = \"");
    for (byte character : value.getBytes(UTF_8)) {
      text.append(String.format("\\x%02x", character));
    }
    text.append('"');
  }
}
