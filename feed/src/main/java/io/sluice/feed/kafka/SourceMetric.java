package io.sluice.feed.kafka;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Every metric in the group {@code sluice} of the operators before the sink: counters, per lane. A
 * row of {@code docs/reference.md} each.
 */
public enum SourceMetric {
  SKIPPED_OFFSETS(
      "skippedOffsets",
      "offsets",
      "that Kafka did not hand out: markers and aborted records of transactions, deleted records"),
  RECORDS_DELETED_UNREAD(
      "recordsDeletedUnread", "records", "lost: deleted by Kafka before they were read"),
  TOPICS_CREATED_ANEW(
      "topicsCreatedAnew", "topics", "that replaced the topic being read, under the same name"),
  UNDECODABLE_MESSAGES(
      "undecodableMessages", "messages", "dead letters; a value with several messages is one"),
  DEAD_LETTERS_LOST(
      "deadLettersLost",
      "messages",
      "dead letters that their topic refused even after they were cut"),
  UNPARSEABLE_ADDRESSES("unparseableAddresses", "rows", "whose client address is stored as X");

  private final String metricName;
  private final String unit;
  private final String meaning;

  SourceMetric(String metricName, String unit, String meaning) {
    this.metricName = metricName;
    this.unit = unit;
    this.meaning = meaning;
  }

  /** Registers it in the group {@code sluice} of the operator's own. */
  public Counter counter(MetricGroup operator) {
    return operator.addGroup("sluice").counter(metricName);
  }

  public String metricName() {
    return metricName;
  }

  public String unit() {
    return unit;
  }

  public String meaning() {
    return meaning;
  }
}
