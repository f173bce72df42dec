package io.sluice.clickhouse.block;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Columns of every type, also within each other, with values for them. */
public final class ColumnArbitraries extends DomainContextBase {
  /**
   * A type, and what a reader must find for a value.
   *
   * @param column reads from the value itself
   */
  record Kind<V>(Column<V> column, Arbitrary<V> values, Function<V, Object> expected) {
    private Kind<V> nullable() {
      return new Kind<>(
          Column.nullable(column, Objects::isNull),
          values.injectNull(0.3),
          value -> value == null ? null : expected.apply(value));
    }

    private Kind<List<V>> array() {
      return new Kind<>(
          Column.array("v", column, list -> list),
          values.list().ofMaxSize(5),
          list -> {
            List<Object> all = new ArrayList<>();
            list.forEach(value -> all.add(expected.apply(value)));
            return all;
          });
    }

    private <K> Kind<Map<K, V>> mapFrom(Kind<K> key) {
      return new Kind<>(
          Column.map("v", key.column, column, map -> map),
          Arbitraries.maps(key.values, values).ofMaxSize(5),
          map -> {
            Map<Object, Object> all = new LinkedHashMap<>();
            map.forEach((k, v) -> all.put(key.expected.apply(k), expected.apply(v)));
            return all;
          });
    }

    private Drawn<V> with(List<V> rows) {
      List<Object> all = new ArrayList<>();
      rows.forEach(row -> all.add(expected.apply(row)));
      return new Drawn<>(column, rows, all);
    }

    private Arbitrary<Drawn<?>> drawn() {
      return values.list().ofMaxSize(20).map(this::with);
    }
  }

  /** Rows of one column, and what a reader must find. */
  public record Drawn<V>(Column<V> column, List<V> rows, List<Object> expected) {}

  private static final List<Kind<?>> SIMPLE =
      List.of(
          new Kind<>(Column.bool("v", v -> v), Arbitraries.of(true, false), v -> v),
          integers(Column.int8("v", v -> v), -128, 127),
          integers(Column.int16("v", v -> v), -32_768, 32_767),
          integers(Column.int32("v", v -> v), Integer.MIN_VALUE, Integer.MAX_VALUE),
          integers(Column.int64("v", v -> v), Long.MIN_VALUE, Long.MAX_VALUE),
          integers(Column.uint8("v", v -> v), 0, 255),
          integers(Column.uint16("v", v -> v), 0, 65_535),
          integers(Column.uint32("v", v -> v), 0, 4_294_967_295L),
          integers(Column.uint64("v", v -> v), Long.MIN_VALUE, Long.MAX_VALUE),
          integers(Column.date("v", v -> v), 0, 65_535),
          integers(Column.date32("v", v -> v), -25_567, 120_529),
          new Kind<>(
              Column.dateTime("v", v -> v),
              Arbitraries.longs().between(0, 4_294_967_295_999L),
              v -> v / 1000),
          integers(Column.dateTime64("v", 0, v -> v), -2_208_988_800L, 10_413_791_999L),
          integers(Column.dateTime64("v", 3, v -> v), -2_208_988_800_000L, 10_413_791_999_999L),
          integers(Column.dateTime64("v", 9, v -> v), -2_208_988_800_000_000_000L, Long.MAX_VALUE),
          new Kind<>(
              Column.float32("v", v -> v),
              Arbitraries.oneOf(
                  Arbitraries.floats(),
                  Arbitraries.of(
                      Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, -0.0f)),
              v -> v),
          new Kind<>(
              Column.float64("v", v -> v),
              Arbitraries.oneOf(
                  Arbitraries.doubles(),
                  Arbitraries.of(
                      Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, -0.0)),
              v -> v),
          decimals(1, 0),
          decimals(9, 9),
          decimals(10, 3),
          decimals(18, 0),
          decimals(19, 4),
          decimals(38, 38),
          decimals(39, 1),
          decimals(76, 20),
          new Kind<>(Column.string("v", ColumnArbitraries::slice), texts(300), v -> v),
          new Kind<>(
              Column.fixedString("v", 5, ColumnArbitraries::slice),
              texts(5),
              v -> v + "\0".repeat(5 - v.length())),
          new Kind<>(
              Column.uuid("v", v -> v),
              Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(UUID::new),
              v -> v),
          new Kind<>(Column.ipv4("v", v -> v), addresses(4), v -> v),
          new Kind<>(
              Column.ipv6("v", v -> v), Arbitraries.oneOf(addresses(16), addresses(4)), v -> v));

  @Provide
  Arbitrary<Drawn<?>> drawn() {
    return kinds().flatMap(Kind::drawn);
  }

  private static Arbitrary<Kind<?>> kinds() {
    Arbitrary<Kind<?>> simple = Arbitraries.of(SIMPLE);
    Arbitrary<Kind<?>> maybeNull = Arbitraries.oneOf(simple, simple.map(Kind::nullable));
    Arbitrary<Kind<?>> arrays = maybeNull.map(Kind::array);
    Arbitrary<Kind<?>> maps =
        Combinators.combine(simple, Arbitraries.oneOf(maybeNull, arrays))
            .as((key, value) -> value.mapFrom(key));
    return Arbitraries.oneOf(
        maybeNull, arrays, maps, arrays.map(Kind::array), maps.map(Kind::array));
  }

  private static Kind<Long> integers(Column<Long> column, long min, long max) {
    return new Kind<>(column, Arbitraries.longs().between(min, max), v -> v);
  }

  private static Kind<BigDecimal> decimals(int precision, int scale) {
    BigInteger max = BigInteger.TEN.pow(precision).subtract(BigInteger.ONE);
    return new Kind<>(
        Column.decimal("v", precision, scale, v -> v),
        Arbitraries.bigIntegers()
            .between(max.negate(), max)
            .map(unscaled -> new BigDecimal(unscaled, scale)),
        v -> v);
  }

  private static Arbitrary<String> texts(int maxBytes) {
    return Arbitraries.strings().withCharRange('\0', '\u00FF').ofMaxLength(maxBytes);
  }

  private static Arbitrary<InetAddress> addresses(int bytes) {
    return Arbitraries.bytes()
        .array(byte[].class)
        .ofSize(bytes)
        .map(
            address -> {
              try {
                return InetAddress.getByAddress(address);
              } catch (UnknownHostException e) {
                throw new AssertionError(e);
              }
            });
  }

  private static Utf8Slice slice(String text) {
    Utf8Slice slice = new Utf8Slice();
    slice.set(text.getBytes(StandardCharsets.ISO_8859_1), 0, text.length());
    return slice;
  }
}
