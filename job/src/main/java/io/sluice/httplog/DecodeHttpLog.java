package io.sluice.httplog;

import io.sluice.feed.kafka.DecodeMessages;
import io.sluice.feed.kafka.UndecodableMessageException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.util.Collector;

/**
 * Cap'n Proto messages to records. A Kafka message with several records becomes all of them, or one
 * dead letter if any cannot be decoded.
 *
 * <p>Emits the same {@link HttpLogRecord} every time; its texts point into the message.
 */
final class DecodeHttpLog extends DecodeMessages<HttpLogRecord> {
  private static final long serialVersionUID = 1L;

  private transient HttpLogDecoder decoder;
  private transient HttpLogRecord record;

  @Override
  public void open(OpenContext context) throws Exception {
    super.open(context);
    decoder = new HttpLogDecoder();
    record = new HttpLogRecord();
  }

  /** Emits nothing before all of the value has been decoded once. */
  @Override
  protected void decode(byte[] value, long arrivalEpochMilli, Collector<HttpLogRecord> out)
      throws UndecodableMessageException {
    record.arrivalEpochMilli = arrivalEpochMilli;
    int next = decoder.decode(value, 0, record);
    if (next < value.length) {
      checkFrom(next, value);
      next = decoder.decode(value, 0, record);
    }
    out.collect(record);
    while (next < value.length) {
      next = decoder.decode(value, next, record);
      out.collect(record);
    }
  }

  private void checkFrom(int second, byte[] value) throws UndecodableMessageException {
    try {
      for (int next = second; next < value.length; ) {
        next = decoder.decode(value, next, record);
      }
    } catch (UndecodableMessageException e) {
      throw new UndecodableMessageException("behind the first message: " + e.getMessage());
    }
  }
}
