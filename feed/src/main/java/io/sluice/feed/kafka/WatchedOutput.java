package io.sluice.feed.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.kafka.common.TopicPartition;

/**
 * Passes messages on and reports each gap in the offsets of a split. The reader asks for one output
 * per split, so the offset expected next is a field: the check costs a comparison per message.
 *
 * <p>Task thread only.
 */
final class WatchedOutput implements ReaderOutput<KafkaMessage> {
  /** What Kafka will say is not known before the first message. */
  private static final long UNKNOWN = -1;

  private final Consumer<OffsetGap> gaps;
  private final WentBack back;
  private final Map<String, Long> startingOffsets = new HashMap<>();
  private ReaderOutput<KafkaMessage> output;

  /** Takes offsets that went back, before their message is passed on; may refuse it by throwing. */
  interface WentBack {
    void met(TopicPartition partition, long expected, long offset);
  }

  WatchedOutput(Consumer<OffsetGap> gaps, WentBack back) {
    this.gaps = gaps;
    this.back = back;
  }

  /**
   * A split was assigned.
   *
   * @param offset where it starts: that of the checkpoint, or negative for a place that Kafka knows
   */
  void startsAt(String splitId, long offset) {
    startingOffsets.put(splitId, Math.max(UNKNOWN, offset));
  }

  /** Passes on to this output from now on; Flink hands over the same one again and again. */
  WatchedOutput to(ReaderOutput<KafkaMessage> next) {
    if (output == null) {
      output = next;
    } else if (output != next) {
      throw new IllegalStateException("the reader's output changed, its splits' outputs are stale");
    }
    return this;
  }

  @Override
  public SourceOutput<KafkaMessage> createOutputForSplit(String splitId) {
    return new SplitOutput(
        output.createOutputForSplit(splitId), startingOffsets.getOrDefault(splitId, UNKNOWN));
  }

  @Override
  public void releaseOutputForSplit(String splitId) {
    startingOffsets.remove(splitId);
    output.releaseOutputForSplit(splitId);
  }

  @Override
  public void collect(KafkaMessage message) {
    output.collect(message);
  }

  @Override
  public void collect(KafkaMessage message, long timestamp) {
    output.collect(message, timestamp);
  }

  @Override
  public void emitWatermark(Watermark watermark) {
    output.emitWatermark(watermark);
  }

  @Override
  public void markIdle() {
    output.markIdle();
  }

  @Override
  public void markActive() {
    output.markActive();
  }

  private final class SplitOutput implements SourceOutput<KafkaMessage> {
    private final SourceOutput<KafkaMessage> split;
    private long expected;

    SplitOutput(SourceOutput<KafkaMessage> split, long expected) {
      this.split = split;
      this.expected = expected;
    }

    @Override
    public void collect(KafkaMessage message) {
      check(message);
      split.collect(message);
    }

    @Override
    public void collect(KafkaMessage message, long timestamp) {
      check(message);
      split.collect(message, timestamp);
    }

    private void check(KafkaMessage message) {
      if (message.offset != expected) {
        jumped(message);
      }
      expected = message.offset + 1;
    }

    private void jumped(KafkaMessage message) {
      TopicPartition partition = new TopicPartition(message.topic, message.partition);
      if (expected == UNKNOWN) {
        return;
      }
      if (message.offset > expected) {
        gaps.accept(new OffsetGap(partition, expected, message.offset));
      } else {
        back.met(partition, expected, message.offset);
      }
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      split.emitWatermark(watermark);
    }

    @Override
    public void markIdle() {
      split.markIdle();
    }

    @Override
    public void markActive() {
      split.markActive();
    }
  }
}
