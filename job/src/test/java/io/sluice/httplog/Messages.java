package io.sluice.httplog;

import io.sluice.feed.kafka.KafkaMessage;
import io.sluice.schema.HttpLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import org.capnproto.MessageBuilder;
import org.capnproto.Serialize;

/** Messages as an edge server sends them, each with a url of its own. */
final class Messages {
  private Messages() {}

  static String url(long number) {
    return "/row/" + number;
  }

  static KafkaMessage numbered(long number) {
    MessageBuilder message = new MessageBuilder();
    HttpLog.HttpLogRecord.Builder log = message.initRoot(HttpLog.HttpLogRecord.factory);
    log.setTimestampEpochMilli(1_700_000_000_000L + number);
    log.setResourceId(number % 10);
    log.setBytesSent(number);
    log.setResponseStatus((short) 200);
    log.setCacheStatus("HIT");
    log.setMethod("GET");
    log.setRemoteAddr("1.2.3." + number % 256);
    log.setUrl(url(number));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      Serialize.write(Channels.newChannel(bytes), message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    KafkaMessage kafka = new KafkaMessage();
    kafka.topic = "http_log";
    kafka.offset = number;
    kafka.timestampEpochMilli = System.currentTimeMillis();
    kafka.value = bytes.toByteArray();
    return kafka;
  }
}
