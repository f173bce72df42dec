package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.block.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * ClickHouse, as far as it counts here: a table and its totals, three partitions each, and for each
 * table the names of the last blocks. A request is one block, written partition by partition, first
 * to the table and then to the totals; it may end anywhere between.
 */
final class ModelServer {
  private static final int PARTITIONS = 3;
  private static final int ROWS_PER_DAY = 6;

  /** Where a row is stored. */
  enum Table {
    ROWS,
    TOTALS
  }

  /** What of a block goes to one partition of one table, at once or not at all. */
  static final class Part {
    final Table table;
    final int partition;
    final int[] rows;

    Part(Table table, int partition, int[] rows) {
      this.table = table;
      this.partition = partition;
      this.rows = rows;
    }
  }

  private final int windowEntries;
  private final Ledger ledger;
  private final Event.Counts counts;
  private final Map<Table, LinkedHashSet<String>> windows =
      new EnumMap<>(Map.of(Table.ROWS, new LinkedHashSet<>(), Table.TOTALS, new LinkedHashSet<>()));
  private final Set<String> forgotten = new HashSet<>();
  private final Set<String> unfinished = new HashSet<>();
  private boolean up = true;

  ModelServer(int windowEntries, Ledger ledger, Event.Counts counts) {
    this.windowEntries = windowEntries;
    this.ledger = ledger;
    this.counts = counts;
  }

  boolean isUp() {
    return up;
  }

  void setUp(boolean isUp) {
    up = isUp;
  }

  /** Whether some request was begun and never finished, so that the totals may lag. */
  boolean hasUnfinished() {
    return !unfinished.isEmpty();
  }

  static List<Part> parts(byte[] body) {
    int[] rows = ModelEncoder.rowsOf(body);
    int[][] byPartition = new int[PARTITIONS][rows.length];
    int[] counts = new int[PARTITIONS];
    for (int row : rows) {
      int partition = row / ROWS_PER_DAY % PARTITIONS;
      byPartition[partition][counts[partition]++] = row;
    }
    List<Part> parts = new ArrayList<>();
    for (Table table : Table.values()) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        if (counts[partition] > 0) {
          parts.add(
              new Part(table, partition, Arrays.copyOf(byPartition[partition], counts[partition])));
        }
      }
    }
    return parts;
  }

  /**
   * Writes up to {@code most} parts.
   *
   * @return whether one of them was new
   */
  boolean apply(Flight flight, int most) {
    boolean stored = false;
    boolean resumed = flight.partsApplied == 0 && unfinished.contains(flight.token);
    for (int i = 0; i < most && flight.partsApplied < flight.parts.size(); i++) {
      stored |= apply(flight, flight.parts.get(flight.partsApplied++));
    }
    if (flight.partsApplied == flight.parts.size()) {
      if (unfinished.remove(flight.token) && resumed) {
        counts.add(Event.HEALED);
      }
    }
    return stored;
  }

  private boolean apply(Flight flight, Part part) {
    boolean deduplicates =
        flight.deduplicates && (part.table == Table.ROWS || flight.deduplicatesInViews);
    // Other settings form other blocks, which have other names.
    String block = flight.token + "/" + flight.settings.hashCode() + "/" + part.partition;
    LinkedHashSet<String> window = windows.get(part.table);
    if (deduplicates && window.contains(block)) {
      counts.add(Event.DEDUPLICATED_BLOCK);
      return false;
    }
    if (deduplicates && forgotten.contains(part.table + block)) {
      counts.add(Event.DEDUPLICATION_WINDOW_EXHAUSTED);
      ledger.promiseNoMore();
    }
    unfinished.add(flight.token);
    ledger.stored(part, flight.token);
    window.add(block);
    if (window.size() > windowEntries) {
      String oldest = window.iterator().next();
      window.remove(oldest);
      forgotten.add(part.table + oldest);
    }
    return true;
  }
}
