package io.sluice.ops.flink;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One checkpoint as Flink's REST API tells it ({@code /jobs/:id/checkpoints}, {@code history}).
 *
 * @param status {@code IN_PROGRESS}, {@code COMPLETED} or {@code FAILED}
 * @param triggeredAtEpochMilli when the JobManager began it
 * @param durationMillis from then to the last task's acknowledgement; so far, if in progress
 * @param stateBytes all state that it holds
 */
public record CheckpointRecord(
    long id, String status, long triggeredAtEpochMilli, long durationMillis, long stateBytes) {

  static CheckpointRecord read(JsonNode node) {
    return new CheckpointRecord(
        node.path("id").asLong(),
        node.path("status").asText(),
        node.path("trigger_timestamp").asLong(),
        node.path("end_to_end_duration").asLong(),
        node.path("state_size").asLong());
  }

  public boolean isCompleted() {
    return status.equals("COMPLETED");
  }

  public boolean isFailed() {
    return status.equals("FAILED");
  }
}
