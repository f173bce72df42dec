package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.send.Batch;
import java.util.Map;
import java.util.Set;

/**
 * What a checkpoint or savepoint holds.
 *
 * @param offset of the first row that the source had not read
 * @param batches by token, as they came out of the serializer
 * @param neverApplied tokens of those of which it says so
 */
record ModelCheckpoint(
    long id, Kind kind, int offset, Map<String, Batch> batches, Set<String> neverApplied) {
  static final ModelCheckpoint NONE =
      new ModelCheckpoint(0, Kind.CHECKPOINT, 0, Map.of(), Set.of());

  enum Kind {
    CHECKPOINT,
    SAVEPOINT,
    /** The savepoint that a job is stopped with. */
    STOP
  }

  boolean isSavepoint() {
    return kind != Kind.CHECKPOINT;
  }

  boolean isOfStop() {
    return kind == Kind.STOP;
  }

  /** What a job that starts from it may change, or send under other tokens. */
  Set<String> changeable() {
    return isOfStop() ? neverApplied : Set.of();
  }
}
