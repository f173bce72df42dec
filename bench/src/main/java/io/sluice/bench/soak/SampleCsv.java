package io.sluice.bench.soak;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Samples as comma-separated values: a head line, then a line each; what is not known is empty. */
final class SampleCsv {
  private static final Map<String, ToDoubleFunction<Sample>> COLUMNS = columns();

  private SampleCsv() {}

  private static Map<String, ToDoubleFunction<Sample>> columns() {
    Map<String, ToDoubleFunction<Sample>> columns = new LinkedHashMap<>();
    columns.put("seconds", Sample::seconds);
    columns.put("produced", each -> each.rows().produced());
    columns.put("stored", each -> each.rows().stored());
    columns.put("totals", each -> each.rows().totals());
    columns.put("buffered_bytes", each -> each.buffer().bytes());
    columns.put("frozen_bytes", each -> each.buffer().frozenBytes());
    columns.put("buffer_limit_share", each -> each.buffer().share());
    columns.put("oldest_unsent_seconds", each -> each.buffer().oldestUnsentSeconds());
    columns.put("source_held", each -> each.buffer().sourceHeld() ? 1 : 0);
    columns.put("kafka_uncovered", each -> each.kafka().uncovered());
    columns.put("kafka_deleted_uncovered", each -> each.kafka().deletedUncovered());
    columns.put("heap_used_bytes", each -> each.memory().heapUsed());
    columns.put("heap_floor_bytes", each -> each.memory().heapFloor());
    columns.put("rss_bytes", each -> each.memory().residentBytes());
    columns.put("jobmanager_heap_bytes", each -> each.memory().jobManagerHeapUsed());
    columns.put("checkpoint_id", each -> each.checkpoint().id());
    columns.put("checkpoint_bytes", each -> each.checkpoint().stateBytes());
    columns.put("checkpoint_millis", each -> each.checkpoint().durationMillis());
    columns.put("requests_accepted", each -> each.requests().accepted());
    columns.put("requests_turned_away", each -> each.requests().turnedAway());
    columns.put("requests_retried", each -> each.requests().retried());
    columns.put("latency_p50_seconds", each -> each.latency().p50());
    columns.put("latency_p95_seconds", each -> each.latency().p95());
    columns.put("latency_p99_seconds", each -> each.latency().p99());
    return columns;
  }

  /**
   * The lines.
   *
   * @param most samples; of more, every second, third, … is taken
   */
  static List<String> lines(List<Sample> samples, int most) {
    List<String> lines = new ArrayList<>();
    lines.add(String.join(",", COLUMNS.keySet()));
    int step = Math.max(1, (samples.size() + most - 1) / most);
    for (int i = 0; i < samples.size(); i += step) {
      Sample sample = samples.get(i);
      lines.add(
          COLUMNS.values().stream()
              .map(column -> number(column.applyAsDouble(sample)))
              .collect(Collectors.joining(",")));
    }
    return lines;
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.3f", value);
  }
}
