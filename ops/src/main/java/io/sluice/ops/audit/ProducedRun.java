package io.sluice.ops.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What one run of the producer put into Kafka; as of some seconds ago while it runs.
 *
 * @param run its ordinal in the ledger, from 1
 * @param acknowledged messages that Kafka acknowledged, the malformed included
 * @param good those of them that can be decoded
 * @param malformed those that cannot
 * @param bytesSent the sum of {@code bytes_sent} over the good ones
 * @param inDoubt records that were sent but neither acknowledged nor refused, when the run was cut
 *     short; they may be in Kafka or not
 * @param traceable whether each good record carries a {@link TraceId}; the ids are 0 to good +
 *     inDoubt - 1
 * @param finished false while it runs, and for ever if its process was killed
 * @param startedEpochMilli before its first record; 0 if that is not known
 */
public record ProducedRun(
    int run,
    long seed,
    long acknowledged,
    long good,
    long malformed,
    @JsonProperty("bytes_sent") long bytesSent,
    @JsonProperty("in_doubt") List<Long> inDoubt,
    boolean traceable,
    boolean finished,
    @JsonProperty("started_epoch_milli") long startedEpochMilli) {
  public ProducedRun {
    if (acknowledged != good + malformed) {
      throw new IllegalArgumentException(
          "acknowledged is " + acknowledged + ", must be good + malformed, " + (good + malformed));
    }
  }

  static ProducedRun started(int run, long seed, boolean traceable) {
    return new ProducedRun(
        run, seed, 0, 0, 0, 0, List.of(), traceable, false, System.currentTimeMillis());
  }
}
