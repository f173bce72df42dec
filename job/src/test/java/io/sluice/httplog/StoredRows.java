package io.sluice.httplog;

import io.sluice.clickhouse.block.NativeBlockReader;
import java.util.List;
import java.util.stream.Stream;

/** Looks into a request's body, with a decoder that shares nothing with the encoder. */
final class StoredRows {
  private StoredRows() {}

  static Stream<String> urls(byte[] body) {
    return values(body, "url");
  }

  static Stream<String> values(byte[] body, String column) {
    return NativeBlockReader.readBody(body).stream()
        .map(block -> block.values().get(column))
        .flatMap(List::stream)
        .map(Object::toString);
  }
}
