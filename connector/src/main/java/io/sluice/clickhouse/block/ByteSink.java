package io.sluice.clickhouse.block;

/** Takes a stream of bytes piece by piece; {@code bytes} is only lent for the call. */
@FunctionalInterface
public interface ByteSink {
  void accept(byte[] bytes, int offset, int length);
}
