package io.sluice.feed.kafka;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands Kafka's bytes on without looking at them, so that a message that cannot be decoded meets an
 * operator with side outputs and metrics rather than the source, where it could only be dropped or
 * fail the job. Compares the offset of each message with the one expected next in its partition.
 *
 * <p>Emits the same {@link KafkaMessage} every time. Made by one source reader, and used on its
 * task's thread.
 */
final class WatchedMessages implements KafkaRecordDeserializationSchema<KafkaMessage> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(WatchedMessages.class);

  private final transient KafkaMessage message = new KafkaMessage();
  private final transient Consumer<OffsetGap> gaps;
  private final transient Supplier<Topic> connect;
  private final transient Counter topicsCreatedAnew;

  /** By partition; negative where what Kafka will say is not known before the first message. */
  private long[] expected = {};

  /** Of the topic that all splits are of. */
  private transient Uuid topicId = Uuid.ZERO_UUID;

  WatchedMessages(Consumer<OffsetGap> gaps, Supplier<Topic> connect, MetricGroup group) {
    this.gaps = gaps;
    this.connect = connect;
    this.topicsCreatedAnew = SourceMetric.TOPICS_CREATED_ANEW.counter(group);
  }

  /** The splits that are assigned next are of this topic. */
  void reads(TopicIdentity identity) {
    Uuid told = Uuid.fromString(identity.topicId());
    if (identity.createdAnew() && !told.equals(topicId)) {
      topicsCreatedAnew.inc();
    }
    topicId = told;
  }

  /** A split was assigned, new or restored: so a gap across a restart is seen. */
  void startsAt(KafkaPartitionSplit split) {
    int partition = split.getPartition();
    expected = Arrays.copyOf(expected, Math.max(expected.length, partition + 1));
    expected[partition] = split.getStartingOffset();
  }

  /**
   * Takes a message of a partition that was assigned.
   *
   * @throws IllegalStateException if it is of a topic that was created anew
   */
  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> kafka, Collector<KafkaMessage> out) {
    message.topic = kafka.topic();
    message.partition = kafka.partition();
    message.offset = kafka.offset();
    message.timestampEpochMilli = kafka.timestamp();
    message.value = kafka.value();
    long next = expected[message.partition];
    if (message.offset < next) {
      wentBack(new TopicPartition(message.topic, message.partition), next, message.offset);
    } else if (message.offset > next && next >= 0) {
      TopicPartition partition = new TopicPartition(message.topic, message.partition);
      gaps.accept(new OffsetGap(partition, next, message.offset));
    }
    expected[message.partition] = message.offset + 1;
    out.collect(message);
  }

  /**
   * Kafka set the reader back. If the topic is another one, none of its messages may get into a
   * checkpoint as if they were of the former: the task fails, and the enumerator starts again with
   * the new one. This blocks the task while Kafka is asked, once in a topic's life.
   */
  private void wentBack(TopicPartition partition, long next, long offset) {
    if (!topicId.equals(Uuid.ZERO_UUID) && !topicId.equals(idNow())) {
      throw new IllegalStateException(
          "%s went back from offset %d to %d: the topic was created anew"
              .formatted(partition, next, offset));
    }
    LOG.error(
        "{} went back from offset {} to {}: a broker came back without its newest records, or the"
            + " topic was created anew. What it lost is lost, and what it still had may be stored"
            + " twice",
        partition,
        next,
        offset);
  }

  private Uuid idNow() {
    try (Topic topic = connect.get()) {
      return topic.look().id();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while Kafka was asked for the topic's id", e);
    } catch (Exception e) {
      throw new IllegalStateException("offsets went back, and Kafka does not say why", e);
    }
  }

  @Override
  public TypeInformation<KafkaMessage> getProducedType() {
    return TypeInformation.of(KafkaMessage.class);
  }
}
