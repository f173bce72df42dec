package io.sluice.clickhouse.block;

import java.io.Serializable;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * One column of a {@link Table}: its name, its type as it stands in the block, and how to read the
 * value from a row.
 *
 * <p>The type may differ from the table's own as far as the server converts: a {@code
 * LowCardinality(String)} column is sent as {@code String}.
 *
 * <p>Extractors must be serializable, as method references and capture-free lambdas are.
 */
public final class Column<T> implements Serializable {
  private static final long serialVersionUID = 1;

  /** Reads a 64-bit number, signed or not as the column says. */
  @FunctionalInterface
  public interface LongValue<T> extends ToLongFunction<T>, Serializable {}

  /** Reads a number of 16 bits. */
  @FunctionalInterface
  public interface IntValue<T> extends ToIntFunction<T>, Serializable {}

  /** Reads a text; the slice is copied before the next row is read. */
  @FunctionalInterface
  public interface TextValue<T> extends Function<T, Utf8Slice>, Serializable {}

  private interface BufferSource<T> extends Supplier<ColumnBuffer<T>>, Serializable {}

  private final String name;
  private final String type;
  private final BufferSource<T> buffers;

  private Column(String name, String type, BufferSource<T> buffers) {
    this.name = Table.Identifier.check("column", name);
    this.type = type;
    this.buffers = buffers;
  }

  /** {@code UInt64}: all 64 bits of the value. */
  public static <T> Column<T> uint64(String name, LongValue<T> value) {
    return new Column<>(name, "UInt64", () -> new UInt64Buffer<>(value));
  }

  /** {@code UInt16}: the low 16 bits of the value. */
  public static <T> Column<T> uint16(String name, IntValue<T> value) {
    return new Column<>(name, "UInt16", () -> new UInt16Buffer<>(value));
  }

  /**
   * {@code DateTime}: whole seconds since 1970 as UInt32, from unsigned milliseconds since 1970.
   * Parts of a second are cut off; what lies past the type's last second, 2106-02-07 06:28:15 UTC,
   * becomes that second.
   */
  public static <T> Column<T> dateTime(String name, LongValue<T> epochMilli) {
    return new Column<>(name, "DateTime", () -> new DateTimeBuffer<>(epochMilli));
  }

  /** {@code String}: the bytes as they are, valid UTF-8 or not. */
  public static <T> Column<T> string(String name, TextValue<T> value) {
    return new Column<>(name, "String", () -> new TextBuffer<>(value));
  }

  public String name() {
    return name;
  }

  /** The ClickHouse type in the block's header. */
  public String type() {
    return type;
  }

  ColumnBuffer<T> newBuffer() {
    return buffers.get();
  }
}
