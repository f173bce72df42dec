package io.sluice.clickhouse.block;

import java.io.Serializable;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * One column of a {@link Table}: its name, its type as it stands in the block, and how to read the
 * value from a row.
 *
 * <p>The type may differ from the table's own as far as the server converts: {@code
 * LowCardinality(String)}, {@code Enum} and {@code IPv6} columns take {@code String}. What it
 * cannot convert, such as a name that an {@code Enum} does not have, makes it refuse the whole
 * insert.
 *
 * <p>No value is stored altered: one that the type cannot hold, and a null where there is no {@link
 * #nullable}, ends the task with an {@link IllegalArgumentException} that names column, value and
 * range, and Flink's restart strategy decides. A job that would rather store something else says so
 * in its extractor, as in {@code row -> Math.max(0, row.age)}. The exceptions are {@link
 * #dateTime}, which takes its last second instead, and {@link #float32}, which takes the nearest
 * number.
 *
 * <p>Extractors must be serializable, as method references and capture-free lambdas are. Those of
 * integers may return any integer type, {@code byte} to {@code long}; nothing is boxed.
 *
 * @param <T> the row, or within an array or map the element
 */
public final class Column<T> implements Serializable {
  private static final long serialVersionUID = 1;
  private static final long UINT32_MAX = 0xFFFF_FFFFL;
  private static final int IPV6_BYTES = 16;

  /** Of ClickHouse's {@code DateTime64}: 1900-01-01 and 2300-01-01, UTC. */
  private static final long FIRST_SECOND = -2_208_988_800L;

  private static final long SECOND_AFTER_LAST = 10_413_792_000L;

  /** ClickHouse's own limit. */
  private static final int MOST_FIXED_BYTES = 0xFF_FFFF;

  @FunctionalInterface
  public interface LongValue<T> extends ToLongFunction<T>, Serializable {}

  @FunctionalInterface
  public interface DoubleValue<T> extends ToDoubleFunction<T>, Serializable {}

  @FunctionalInterface
  public interface BooleanValue<T> extends Predicate<T>, Serializable {}

  /** The value is copied before the next row is read. */
  @FunctionalInterface
  public interface Value<T, V> extends Function<T, V>, Serializable {}

  private interface BufferSource<T> extends Supplier<ColumnBuffer<T>>, Serializable {}

  private final String name;
  private final String type;
  private final BufferSource<T> buffers;

  private Column(String name, String type, BufferSource<T> buffers) {
    this.name = Table.checkIdentifier("column", name);
    this.type = type;
    this.buffers = buffers;
  }

  public static <T> Column<T> bool(String name, BooleanValue<T> value) {
    return integer(name, "Bool", row -> value.test(row) ? 1 : 0, Byte.BYTES, 0, 1);
  }

  public static <T> Column<T> int8(String name, LongValue<T> value) {
    return integer(name, "Int8", value, Byte.BYTES, Byte.MIN_VALUE, Byte.MAX_VALUE);
  }

  public static <T> Column<T> int16(String name, LongValue<T> value) {
    return integer(name, "Int16", value, Short.BYTES, Short.MIN_VALUE, Short.MAX_VALUE);
  }

  public static <T> Column<T> int32(String name, LongValue<T> value) {
    return integer(name, "Int32", value, Integer.BYTES, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  public static <T> Column<T> int64(String name, LongValue<T> value) {
    return integer(name, "Int64", value, Long.BYTES, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  public static <T> Column<T> uint8(String name, LongValue<T> value) {
    return integer(name, "UInt8", value, Byte.BYTES, 0, 0xFF);
  }

  public static <T> Column<T> uint16(String name, LongValue<T> value) {
    return integer(name, "UInt16", value, Short.BYTES, 0, 0xFFFF);
  }

  public static <T> Column<T> uint32(String name, LongValue<T> value) {
    return integer(name, "UInt32", value, Integer.BYTES, 0, UINT32_MAX);
  }

  /** {@code UInt64}: all 64 bits of the value, so that -1 is 2^64 - 1. */
  public static <T> Column<T> uint64(String name, LongValue<T> value) {
    return integer(name, "UInt64", value, Long.BYTES, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /**
   * {@code Float32}: the nearest one; NaN and the infinities as they are. Refused is what is finite
   * and would become infinite.
   */
  public static <T> Column<T> float32(String name, DoubleValue<T> value) {
    return bits(name, "Float32", row -> float32Bits(value.applyAsDouble(row)), Float.BYTES);
  }

  public static <T> Column<T> float64(String name, DoubleValue<T> value) {
    return bits(
        name, "Float64", row -> Double.doubleToLongBits(value.applyAsDouble(row)), Double.BYTES);
  }

  /**
   * {@code Decimal(precision, scale)}. Nothing is rounded: a value with more digits after the point
   * is refused, unless those are zeros.
   */
  public static <T> Column<T> decimal(
      String name, int precision, int scale, Value<T, BigDecimal> value) {
    DecimalType type = new DecimalType(precision, scale);
    return fixed(name, type.typeName(), value, type.width(), type);
  }

  /** {@code Date}: days since 1970-01-01, 0 to 65,535 (2149-06-06). */
  public static <T> Column<T> date(String name, LongValue<T> epochDay) {
    return integer(name, "Date", epochDay, Short.BYTES, 0, 0xFFFF);
  }

  /** {@code Date32}: days since 1970-01-01, -25,567 (1900-01-01) to 120,529 (2299-12-31). */
  public static <T> Column<T> date32(String name, LongValue<T> epochDay) {
    return integer(name, "Date32", epochDay, Integer.BYTES, -25_567, 120_529);
  }

  /**
   * {@code DateTime}: whole seconds since 1970 as UInt32, from unsigned milliseconds since 1970.
   * Parts of a second are cut off; what lies past the type's last second, 2106-02-07 06:28:15 UTC,
   * becomes that second, and so does what lies before 1970.
   */
  public static <T> Column<T> dateTime(String name, LongValue<T> epochMilli) {
    LongValue<T> seconds = row -> saturatedSeconds(epochMilli.applyAsLong(row));
    return integer(name, "DateTime", seconds, Integer.BYTES, 0, UINT32_MAX);
  }

  /**
   * {@code DateTime64(precision)}: time since 1970 UTC in units of 10^-precision seconds, so
   * milliseconds for 3, microseconds for 6, nanoseconds for 9. From 1900 to the end of 2299; in
   * nanoseconds to what a {@code long} holds, 2262-04-11 23:47:16 UTC.
   */
  public static <T> Column<T> dateTime64(String name, int precision, LongValue<T> epochUnits) {
    check("precision", precision, 0, 9);
    long units = (long) Math.pow(10, precision);
    long max = precision == 9 ? Long.MAX_VALUE : SECOND_AFTER_LAST * units - 1;
    String type = "DateTime64(" + precision + ")";
    return integer(name, type, epochUnits, Long.BYTES, FIRST_SECOND * units, max);
  }

  /** {@code String}: the bytes as they are, valid UTF-8 or not. */
  public static <T> Column<T> string(String name, Value<T, Utf8Slice> value) {
    return new Column<>(name, "String", () -> new TextBuffer<>(value));
  }

  /** {@code FixedString(length)}: the bytes as they are, filled up with zeros. */
  public static <T> Column<T> fixedString(String name, int length, Value<T, Utf8Slice> value) {
    check("length", length, 1, MOST_FIXED_BYTES);
    return fixed(
        name,
        "FixedString(" + length + ")",
        value,
        length,
        (text, target, position) -> {
          if (text.length > length) {
            throw new IllegalArgumentException(
                "a text of " + text.length + " bytes is longer than " + length);
          }
          System.arraycopy(text.bytes, text.offset, target, position, text.length);
        });
  }

  public static <T> Column<T> uuid(String name, Value<T, UUID> value) {
    return fixed(
        name,
        "UUID",
        value,
        2 * Long.BYTES,
        (uuid, target, position) -> {
          ColumnBuffer.putInt64(target, position, uuid.getMostSignificantBits());
          ColumnBuffer.putInt64(target, position + Long.BYTES, uuid.getLeastSignificantBits());
        });
  }

  /** {@code IPv4}; an IPv6 address is refused. */
  public static <T> Column<T> ipv4(String name, Value<T, InetAddress> value) {
    return integer(name, "IPv4", row -> ipv4Number(value.apply(row)), Integer.BYTES, 0, UINT32_MAX);
  }

  /** {@code IPv6}; an IPv4 address {@code 1.2.3.4} becomes {@code ::ffff:1.2.3.4}. */
  public static <T> Column<T> ipv6(String name, Value<T, InetAddress> value) {
    return fixed(name, "IPv6", value, IPV6_BYTES, Column::putIpv6);
  }

  /**
   * {@code Nullable} of the column's type: NULL where {@code isNull} says so, else what the column
   * reads, which is not asked for a NULL.
   *
   * @throws IllegalArgumentException if ClickHouse has none: of Array, Map and Nullable
   */
  public static <T> Column<T> nullable(Column<T> column, BooleanValue<T> isNull) {
    if (column.type.matches("(Array|Map|Nullable)\\(.*")) {
      throw new IllegalArgumentException(
          "column '" + column.name + "': " + column.type + " cannot be Nullable");
    }
    return new Column<>(
        column.name,
        "Nullable(" + column.type + ")",
        () -> new NullableBuffer<>(isNull, column.newBuffer()));
  }

  /**
   * {@code Array}, of any type, arrays included; may be empty, but not null.
   *
   * @param element reads from an element of the collection; its name is not sent
   */
  public static <T, E> Column<T> array(
      String name, Column<E> element, Value<T, ? extends Collection<? extends E>> elements) {
    return new Column<>(
        name,
        "Array(" + element.type + ")",
        () -> new ArrayBuffer<T, E>(elements, element.newBuffer()));
  }

  /**
   * {@code Map}, in the order in which the Java map has its entries; may be empty, but not null.
   * Two keys that become the same one are both sent, as ClickHouse allows.
   *
   * @param key reads from a key of the Java map, {@code value} from a value; the names are not sent
   * @throws IllegalArgumentException if the key is Nullable, which ClickHouse does not have
   */
  public static <T, K, V> Column<T> map(
      String name, Column<K> key, Column<V> value, Value<T, ? extends Map<K, V>> map) {
    if (key.type.startsWith("Nullable(")) {
      throw new IllegalArgumentException(
          "column '" + name + "': " + key.type + " cannot be the key of a Map");
    }
    return new Column<>(
        name,
        "Map(" + key.type + ", " + value.type + ")",
        () ->
            new ArrayBuffer<T, Map.Entry<K, V>>(
                row -> ColumnBuffer.present(map.apply(row)).entrySet(),
                new EntryBuffer<>(key.newBuffer(), value.newBuffer())));
  }

  private static <T> Column<T> integer(
      String name, String type, LongValue<T> value, int width, long min, long max) {
    return new Column<>(name, type, () -> new IntegerBuffer<>(value, width, min, max));
  }

  private static <T> Column<T> bits(String name, String type, LongValue<T> value, int width) {
    return integer(name, type, value, width, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static <T, V> Column<T> fixed(
      String name, String type, Value<T, V> value, int width, FixedBytesBuffer.Put<V> put) {
    return new Column<>(name, type, () -> new FixedBytesBuffer<>(value, width, put));
  }

  private static int float32Bits(double value) {
    float nearest = (float) value;
    if (Float.isInfinite(nearest) && Double.isFinite(value)) {
      throw new IllegalArgumentException(
          value + " is not between -" + Float.MAX_VALUE + " and " + Float.MAX_VALUE);
    }
    return Float.floatToIntBits(nearest);
  }

  /** {@code 1.2.3.4} is 0x01020304. The message shows no address: it may identify a person. */
  private static long ipv4Number(InetAddress address) {
    byte[] bytes = ColumnBuffer.present(address).getAddress();
    if (bytes.length != Integer.BYTES) {
      throw new IllegalArgumentException("an IPv6 address, where only IPv4 fits");
    }
    return Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt());
  }

  /** Network order; IPv4 becomes {@code ::ffff:1.2.3.4}, as ClickHouse converts it. */
  private static void putIpv6(InetAddress address, byte[] target, int position) {
    byte[] bytes = address.getAddress();
    int start = position + IPV6_BYTES - bytes.length;
    System.arraycopy(bytes, 0, target, start, bytes.length);
    if (bytes.length < IPV6_BYTES) {
      Arrays.fill(target, start - 2, start, (byte) 0xFF);
    }
  }

  /** A negative {@code long} is an unsigned number far past the last second. */
  private static long saturatedSeconds(long unsignedEpochMilli) {
    return unsignedEpochMilli < 0 ? UINT32_MAX : Math.min(unsignedEpochMilli / 1000, UINT32_MAX);
  }

  static void check(String field, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          field + ": " + value + " is not between " + min + " and " + max);
    }
  }

  public String name() {
    return name;
  }

  public String type() {
    return type;
  }

  ColumnBuffer<T> newBuffer() {
    return buffers.get();
  }
}
