package io.sluice.source;

import io.sluice.record.HttpLogRecord;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages to records. What cannot be decoded is counted ({@code sluice.undecodableMessages}) and
 * goes to {@link #DEAD_LETTERS}; no message fails the job. A Kafka message with several records
 * becomes all of them, or one dead letter if any cannot be decoded.
 *
 * <p>Emits the same {@link HttpLogRecord} every time; its texts point into the message.
 */
public final class DecodeHttpLog extends ProcessFunction<KafkaMessage, HttpLogRecord> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(DecodeHttpLog.class);

  public static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));

  private transient HttpLogDecoder decoder;
  private transient HttpLogRecord record;
  private transient Counter undecodableMessages;
  private transient LogThrottle throttle;

  /** A time that has been; moved on only when a message claims to be later. */
  private transient long readAtEpochMilli;

  @Override
  public void open(OpenContext context) {
    decoder = new HttpLogDecoder();
    record = new HttpLogRecord();
    undecodableMessages =
        SourceMetric.UNDECODABLE_MESSAGES.counter(getRuntimeContext().getMetricGroup());
    throttle = new LogThrottle(Duration.ofMinutes(1));
  }

  @Override
  public void processElement(KafkaMessage message, Context context, Collector<HttpLogRecord> out) {
    try {
      record.arrivalEpochMilli = arrival(message.timestampEpochMilli, context);
      emit(message.value, out);
    } catch (UndecodableMessageException e) {
      undecodableMessages.inc();
      log(message, e);
      context.output(DEAD_LETTERS, DeadLetter.of(message, e));
    }
  }

  /**
   * Kafka's time if it can be true. Producers may set any, old ones set none (-1); ages and
   * latencies then count from when the message was read.
   */
  private long arrival(long kafkaEpochMilli, Context context) {
    if (kafkaEpochMilli > readAtEpochMilli || kafkaEpochMilli <= 0) {
      readAtEpochMilli = context.timerService().currentProcessingTime();
      return kafkaEpochMilli > 0 && kafkaEpochMilli <= readAtEpochMilli
          ? kafkaEpochMilli
          : readAtEpochMilli;
    }
    return kafkaEpochMilli;
  }

  /** Emits nothing before all of the value has been decoded once. */
  private void emit(byte[] value, Collector<HttpLogRecord> out) throws UndecodableMessageException {
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
      throw e.behindTheFirst();
    }
  }

  /** Where and why, never the content: it may hold client addresses. */
  private void log(KafkaMessage message, UndecodableMessageException why) {
    long events = throttle.admit(System.nanoTime());
    if (events > 0) {
      LOG.warn(
          "Undecodable message in topic {}, partition {}, offset {}: {} ({} since the last such"
              + " line; all are in the dead-letter topic)",
          message.topic,
          message.partition,
          message.offset,
          why.getMessage(),
          events);
    }
  }
}
