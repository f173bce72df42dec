package io.sluice.sandbox.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One cell of Grafana's grid of 24 columns. */
record GridCell(int x, int y) {
  static Stream<GridCell> coveredBy(JsonNode gridPos) {
    int left = gridPos.path("x").asInt();
    int top = gridPos.path("y").asInt();
    return IntStream.range(0, gridPos.path("w").asInt() * gridPos.path("h").asInt())
        .mapToObj(
            i ->
                new GridCell(
                    left + i % gridPos.path("w").asInt(), top + i / gridPos.path("w").asInt()));
  }
}
