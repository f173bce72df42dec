package io.sluice.clickhouse.block;

import java.util.Map;

/** All keys, then all values; has no bytes of its own. */
final class EntryBuffer<K, V> extends ColumnBuffer<Map.Entry<K, V>> {
  private final ColumnBuffer<K> keys;
  private final ColumnBuffer<V> values;

  EntryBuffer(ColumnBuffer<K> keys, ColumnBuffer<V> values) {
    super(0);
    this.keys = keys;
    this.values = values;
  }

  @Override
  long append(Map.Entry<K, V> entry) {
    return keys.append(entry.getKey()) + values.append(entry.getValue());
  }

  @Override
  void write(int fromRow, int toRow, ByteSink sink) {
    keys.write(fromRow, toRow, sink);
    values.write(fromRow, toRow, sink);
  }

  @Override
  void clear() {
    keys.clear();
    values.clear();
  }
}
