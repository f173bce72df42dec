package io.sluice.ops.flink;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A job of which every task runs.
 *
 * @param parallelism the largest of its vertices, hence how many lanes it has
 * @param sinceEpochMilli when it was last started or restarted, a part of it included
 */
public record RunningTasks(int parallelism, long sinceEpochMilli) {

  /**
   * Reads Flink's answer on one job; empty if not all of its tasks run. Flink calls a vertex
   * running as soon as one of its tasks is, so they are counted.
   */
  static Optional<RunningTasks> read(JsonNode job) {
    OptionalInt parallelism =
        job.path("vertices")
            .valueStream()
            .mapToInt(vertex -> vertex.path("parallelism").asInt())
            .max();
    boolean all =
        job.path("vertices")
            .valueStream()
            .allMatch(
                vertex ->
                    vertex.path("tasks").path("RUNNING").asInt()
                        == vertex.path("parallelism").asInt(-1));
    return all && parallelism.isPresent() && job.path("state").asText().equals("RUNNING")
        ? Optional.of(
            new RunningTasks(
                parallelism.getAsInt(), job.path("timestamps").path("RUNNING").asLong()))
        : Optional.empty();
  }
}
