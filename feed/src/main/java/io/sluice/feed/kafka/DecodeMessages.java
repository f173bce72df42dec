package io.sluice.feed.kafka;

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
 * @param <T> the records
 */
public abstract class DecodeMessages<T> extends ProcessFunction<KafkaMessage, T> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(DecodeMessages.class);

  public static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));

  private transient Counter undecodableMessages;
  private transient LogThrottle throttle;

  /** A time that has been; moved on only when a message claims to be later. */
  private transient long readAtEpochMilli;

  @Override
  public void open(OpenContext context) throws Exception {
    undecodableMessages =
        SourceMetric.UNDECODABLE_MESSAGES.counter(getRuntimeContext().getMetricGroup());
    throttle = new LogThrottle(Duration.ofMinutes(1));
  }

  /**
   * Emits the records of one message: all of them, or none and throws.
   *
   * @param value as it came; null for a tombstone
   * @param arrivalEpochMilli when the message came to Kafka, or at the latest when it was read
   */
  protected abstract void decode(byte[] value, long arrivalEpochMilli, Collector<T> out)
      throws UndecodableMessageException;

  @Override
  public final void processElement(KafkaMessage message, Context context, Collector<T> out) {
    try {
      decode(message.value, arrival(message.timestampEpochMilli, context), out);
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
