package io.sluice.source;

import java.util.Properties;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A Kafka source that notices when Kafka deleted records before they were read, and goes on; see
 * {@link GapWatch}. To fail instead would save no record and lose more.
 *
 * <p>Where each partition goes on is in the wrapped source's state, and {@link HttpLogTopic} sees
 * to it that it is from the first moment; so a gap is seen across restarts, too, and there is no
 * state of our own. Not seen: what was deleted before the job's group first committed offsets; in a
 * partition that was created while the job ran, what was deleted before its first record was read;
 * and, until a next record comes, that all unread records of a partition were deleted.
 */
final class WatchedSource
    implements Source<KafkaMessage, KafkaPartitionSplit, KafkaSourceEnumState> {
  private static final long serialVersionUID = 1L;

  private final KafkaSource<KafkaMessage> kafka;
  private final Properties adminProperties;

  WatchedSource(KafkaSource<KafkaMessage> kafka, Properties adminProperties) {
    this.kafka = kafka;
    this.adminProperties = adminProperties;
  }

  @Override
  public SourceReader<KafkaMessage, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    GapWatch gaps =
        new GapWatch(
            context.metricGroup(),
            () -> new BrokerLogStarts(adminProperties),
            GapWatch.COLLECT_FOR);
    return new WatchedReader(kafka.createReader(context), gaps);
  }

  @Override
  public Boundedness getBoundedness() {
    return kafka.getBoundedness();
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) throws Exception {
    return kafka.createEnumerator(context);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState checkpoint)
      throws Exception {
    return kafka.restoreEnumerator(context, checkpoint);
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return kafka.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
    return kafka.getEnumeratorCheckpointSerializer();
  }
}
