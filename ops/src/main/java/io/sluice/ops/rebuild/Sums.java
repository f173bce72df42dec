package io.sluice.ops.rebuild;

import java.util.List;

/** What a part of a table adds up to, unsigned, modulo 2^64 as in ClickHouse. */
public record Sums(long requests, long bytes) {
  static Sums of(String line) {
    List<String> values = List.of(line.strip().split("\t"));
    return new Sums(Long.parseUnsignedLong(values.get(0)), Long.parseUnsignedLong(values.get(1)));
  }

  Sums plus(Sums other) {
    return new Sums(requests + other.requests, bytes + other.bytes);
  }

  @Override
  public String toString() {
    return Long.toUnsignedString(requests)
        + " requests, "
        + Long.toUnsignedString(bytes)
        + " bytes";
  }
}
