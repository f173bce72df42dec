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
 * goes to {@link #DEAD_LETTERS}; no message fails the job.
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

  @Override
  public void open(OpenContext context) {
    decoder = new HttpLogDecoder();
    record = new HttpLogRecord();
    undecodableMessages =
        getRuntimeContext().getMetricGroup().addGroup("sluice").counter("undecodableMessages");
    throttle = new LogThrottle(Duration.ofMinutes(1));
  }

  @Override
  public void processElement(KafkaMessage message, Context context, Collector<HttpLogRecord> out) {
    try {
      decoder.decode(message.value, record);
    } catch (UndecodableMessageException e) {
      undecodableMessages.inc();
      log(message, e);
      context.output(DEAD_LETTERS, DeadLetter.of(message, e));
      return;
    }
    record.kafkaTimestampEpochMilli = message.timestampEpochMilli;
    out.collect(record);
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
