package io.sluice.feed.kafka;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * Tells a reader of which topic the splits are that it gets.
 *
 * @param topicId as text, since Kafka's own type does not travel
 * @param createdAnew whether the job had read another topic of this name before
 */
record TopicIdentity(String topicId, boolean createdAnew) implements SourceEvent {
  private static final long serialVersionUID = 1L;
}
