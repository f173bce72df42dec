package io.sluice.feed.kafka;

import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.kafka.common.Uuid;

/**
 * What checkpoints hold of a topic beside the readers' positions.
 *
 * @param topicId of the topic that all positions are of; {@link Uuid#ZERO_UUID} if not known
 * @param partitions those that readers have, and those that none has yet
 */
record TopicState(Uuid topicId, KafkaSourceEnumState partitions) {}
