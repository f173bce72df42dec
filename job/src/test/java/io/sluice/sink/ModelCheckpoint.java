package io.sluice.sink;

import java.util.Map;

/**
 * What a checkpoint or savepoint holds.
 *
 * @param offset of the first row that the source had not read
 * @param batches by token, as they came out of the serializer
 */
record ModelCheckpoint(long id, boolean isSavepoint, int offset, Map<String, Batch> batches) {
  static final ModelCheckpoint NONE = new ModelCheckpoint(0, false, 0, Map.of());
}
