package io.sluice.sandbox.clickhouse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sluice.clickhouse.block.Column;
import io.sluice.clickhouse.block.Utf8Slice;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * For every type of column its extremes and random values, and how the engine has to show them.
 * Floats, texts and addresses are compared by their bytes, since Java and the engine print them
 * differently.
 */
final class ColumnCases {
  private static final int RANDOM_VALUES = 300;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** A row of a table with a number and a value. */
  record Row<V>(long n, V value) {}

  /**
   * @param tableType of the column in the table, which may differ from that in the block
   * @param select what shows the column {@code v}
   * @param shown what it has to show for a value
   */
  record Case<V>(
      String tableType,
      Column<Row<V>> column,
      String select,
      Function<V, String> shown,
      List<V> values) {
    List<String> rendered() {
      return values.stream().map(shown).toList();
    }

    @Override
    public String toString() {
      return column.type() + " into " + tableType;
    }
  }

  private final Random random;

  ColumnCases(long seed) {
    this.random = new Random(seed);
  }

  Stream<Case<?>> all() {
    return Stream.of(numbers(), decimals(), times(), texts(), addresses(), nullables(), nested())
        .flatMap(List::stream);
  }

  private List<Case<?>> numbers() {
    return List.of(
        simple(
            Column.bool("v", row -> row.value()),
            "v",
            String::valueOf,
            List.of(true, false),
            random::nextBoolean),
        integers(Column.int8("v", row -> row.value()), -128, 127),
        integers(Column.int16("v", row -> row.value()), -32_768, 32_767),
        integers(Column.int32("v", row -> row.value()), Integer.MIN_VALUE, Integer.MAX_VALUE),
        integers(Column.int64("v", row -> row.value()), Long.MIN_VALUE, Long.MAX_VALUE),
        integers(Column.uint8("v", row -> row.value()), 0, 255),
        integers(Column.uint16("v", row -> row.value()), 0, 65_535),
        integers(Column.uint32("v", row -> row.value()), 0, 4_294_967_295L),
        simple(
            Column.uint64("v", row -> row.value()),
            "v",
            Long::toUnsignedString,
            List.of(0L, 1L, -1L, Long.MIN_VALUE, Long.MAX_VALUE),
            random::nextLong),
        simple(
            Column.float32("v", row -> row.value()),
            "reinterpretAsUInt32(v)",
            value -> Integer.toUnsignedString(Float.floatToIntBits(value)),
            List.of(
                0f,
                -0f,
                Float.NaN,
                Float.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY,
                Float.MIN_VALUE,
                Float.MAX_VALUE,
                -Float.MAX_VALUE),
            () -> Float.intBitsToFloat(random.nextInt())),
        simple(
            Column.float64("v", row -> row.value()),
            "reinterpretAsUInt64(v)",
            ColumnCases::doubleBits,
            List.of(
                0d,
                -0d,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Double.MIN_VALUE,
                Double.MAX_VALUE,
                -Double.MAX_VALUE),
            () -> Double.longBitsToDouble(random.nextLong())));
  }

  private List<Case<?>> decimals() {
    return List.of(
        decimal(1, 0),
        decimal(9, 9),
        decimal(10, 3),
        decimal(18, 18),
        decimal(19, 0),
        decimal(38, 10),
        decimal(39, 38),
        decimal(76, 0),
        decimal(76, 76));
  }

  private List<Case<?>> times() {
    return List.of(
        days(Column.date("v", row -> row.value()), 0, 65_535),
        days(Column.date32("v", row -> row.value()), -25_567, 120_529),
        simple(
            "DateTime('UTC')",
            Column.dateTime("v", row -> row.value()),
            "v",
            milli -> shown(Math.min(milli / 1000, 4_294_967_295L), 0),
            List.of(0L, 999L, 1000L, 4_294_967_295_999L, 4_294_967_296_000L),
            () -> between(0, 4_294_967_295_999L)),
        times(0, -2_208_988_800L, 10_413_791_999L),
        times(3, -2_208_988_800_000L, 10_413_791_999_999L),
        times(6, -2_208_988_800_000_000L, 10_413_791_999_999_999L),
        times(9, -2_208_988_800_000_000_000L, Long.MAX_VALUE));
  }

  private List<Case<?>> texts() {
    return List.of(
        simple(
            Column.string("v", row -> slice(row.value())),
            "hex(v)",
            ColumnTypesIT::hex,
            List.of("x", "\0", "\u00FF\u00FE", "y".repeat(127), "z".repeat(128), bytes(20_000)),
            () -> bytes(random.nextInt(1, 60))),
        simple(
            Column.fixedString("v", 20, row -> slice(row.value())),
            "hex(v)",
            text -> ColumnTypesIT.hex(text + "\0".repeat(20 - text.length())),
            List.of("", "\0", "\u00FF".repeat(20)),
            () -> bytes(random.nextInt(21))),
        textInto("LowCardinality(String)", List.of("one", "two", "one")),
        textInto("Enum8('red' = 1, 'green' = -2)", List.of("red", "green", "red")),
        textInto("Enum16('red' = 1000, 'green' = -2)", List.of("red", "green", "red")),
        textInto("IPv4", List.of("1.2.3.4", "0.0.0.0", "255.255.255.255")),
        textInto("IPv6", List.of("2001:db8::1", "::", "::ffff:1.2.3.4")),
        textInto("UUID", List.of("00112233-4455-6677-8899-aabbccddeeff")));
  }

  /** Text, which the server converts to the table's own type. */
  Case<String> textInto(String tableType, List<String> values) {
    return new Case<>(
        tableType, Column.string("v", row -> Utf8Slice.of(row.value())), "v", text -> text, values);
  }

  private List<Case<?>> addresses() {
    return List.of(
        simple(
            Column.uuid("v", row -> row.value()),
            "v",
            UUID::toString,
            List.of(new UUID(0, 0), new UUID(-1, -1), new UUID(Long.MIN_VALUE, 1)),
            this::uuid),
        simple(
            Column.ipv4("v", row -> row.value()),
            "v",
            InetAddress::getHostAddress,
            List.of(address("00000000"), address("FFFFFFFF"), address("01020304")),
            () -> randomAddress(4)),
        simple(
            Column.ipv6("v", row -> row.value()),
            "hex(v)",
            ColumnCases::ipv6Bytes,
            List.of(address("00".repeat(16)), address("FF".repeat(16)), address("01020304")),
            () -> randomAddress(16)));
  }

  private List<Case<?>> nullables() {
    return List.of(
        nullable(Column.bool("v", row -> row.value()), "v", String::valueOf, random::nextBoolean),
        nullable(
            Column.int8("v", row -> row.value()), "v", String::valueOf, () -> between(-128, 127)),
        nullable(
            Column.uint64("v", row -> row.value()), "v", Long::toUnsignedString, random::nextLong),
        nullable(
            Column.float64("v", row -> row.value()),
            "reinterpretAsUInt64(v)",
            ColumnCases::doubleBits,
            random::nextDouble),
        nullable(
            Column.decimal("v", 40, 5, row -> row.value()),
            "v",
            ColumnCases::shown,
            () -> decimalOf(40, 5)),
        nullable(
            Column.date("v", row -> row.value()),
            "v",
            day -> LocalDate.ofEpochDay(day).toString(),
            () -> between(0, 65_535)),
        nullable(
            Column.string("v", row -> slice(row.value())),
            "hex(v)",
            ColumnTypesIT::hex,
            () -> bytes(random.nextInt(1, 60))),
        nullable(
            Column.fixedString("v", 3, row -> slice(row.value())),
            "hex(v)",
            ColumnTypesIT::hex,
            () -> bytes(3)),
        nullable(Column.uuid("v", row -> row.value()), "v", UUID::toString, this::uuid),
        nullable(
            Column.ipv4("v", row -> row.value()),
            "v",
            InetAddress::getHostAddress,
            () -> randomAddress(4)),
        nullable(
            Column.ipv6("v", row -> row.value()),
            "hex(v)",
            ColumnCases::ipv6Bytes,
            () -> randomAddress(16)));
  }

  private List<Case<?>> nested() {
    return List.of(
        arrays(
            Column.int32("e", Long::longValue),
            "v",
            String::valueOf,
            () -> (long) random.nextInt()),
        this.<Double>arrays(
            Column.nullable(Column.float64("e", Double::doubleValue), Objects::isNull),
            "arrayMap(e -> reinterpretAsUInt64(e), v)",
            ColumnCases::doubleBits,
            () -> orNull(random.nextDouble())),
        this.<String>arrays(
            Column.nullable(Column.string("e", ColumnCases::slice), Objects::isNull),
            "arrayMap(e -> hex(e), v)",
            text -> "'" + ColumnTypesIT.hex(text) + "'",
            () -> orNull(bytes(random.nextInt(200)))),
        this.<UUID>arrays(Column.uuid("e", uuid -> uuid), "v", ColumnCases::quoted, this::uuid),
        this.<List<Long>>arrays(
            Column.array("e", Column.uint8("e", Long::longValue), list -> list),
            "v",
            list -> shown(list, String::valueOf),
            () -> listOf(() -> between(0, 255))),
        this.<List<List<Long>>>arrays(
            Column.array(
                "e",
                Column.array(
                    "e",
                    Column.nullable(Column.uint8("e", Long::longValue), Objects::isNull),
                    list -> list),
                list -> list),
            "v",
            lists -> shown(lists, list -> shown(list, String::valueOf)),
            () -> listOf(() -> listOf(() -> orNull(between(0, 255))))),
        this.<String, Long>maps(
            Column.string("key", Utf8Slice::of),
            Column.uint64("value", Long::longValue),
            ColumnCases::quoted,
            Long::toUnsignedString,
            () -> "key " + random.nextInt(1_000),
            random::nextLong),
        this.<Long, BigDecimal>maps(
            Column.int16("key", Long::longValue),
            Column.nullable(Column.decimal("value", 30, 2, value -> value), Objects::isNull),
            String::valueOf,
            ColumnCases::shown,
            () -> between(-32_768, 32_767),
            () -> orNull(decimalOf(30, 2))),
        this.<UUID, List<Long>>maps(
            Column.uuid("key", uuid -> uuid),
            Column.array("value", Column.int64("e", Long::longValue), list -> list),
            ColumnCases::quoted,
            list -> shown(list, String::valueOf),
            this::uuid,
            () -> listOf(random::nextLong)),
        this.<Map<Long, Boolean>>arrays(
            Column.map(
                "e",
                Column.uint8("key", Long::longValue),
                Column.bool("value", value -> value),
                map -> map),
            "v",
            map -> shown(map, String::valueOf, String::valueOf),
            () -> mapOf(() -> between(0, 255), random::nextBoolean)));
  }

  /** Empty ones are among them. */
  private <E> Case<List<E>> arrays(
      Column<E> element, String select, Function<E, String> shown, Supplier<E> next) {
    return simple(
        Column.array("v", element, row -> row.value()),
        select,
        list -> shown(list, shown),
        List.of(List.of()),
        () -> listOf(next));
  }

  /** Empty ones are among them. */
  private <K, V> Case<Map<K, V>> maps(
      Column<K> key,
      Column<V> value,
      Function<K, String> shownKey,
      Function<V, String> shownValue,
      Supplier<K> keys,
      Supplier<V> values) {
    return simple(
        Column.map("v", key, value, row -> row.value()),
        "v",
        map -> shown(map, shownKey, shownValue),
        List.of(Map.of()),
        () -> mapOf(keys, values));
  }

  /** The table has the block's own type. */
  private static <V> Case<V> simple(
      Column<Row<V>> column,
      String select,
      Function<V, String> shown,
      List<V> extremes,
      Supplier<V> next) {
    return simple(column.type(), column, select, shown, extremes, next);
  }

  private static <V> Case<V> simple(
      String tableType,
      Column<Row<V>> column,
      String select,
      Function<V, String> shown,
      List<V> extremes,
      Supplier<V> next) {
    List<V> values = new ArrayList<>(extremes);
    Stream.generate(next).limit(RANDOM_VALUES).forEach(values::add);
    return new Case<>(tableType, column, select, shown, values);
  }

  private Case<?> integers(Column<Row<Long>> column, long min, long max) {
    return simple(column, "v", String::valueOf, List.of(min, max, 0L, 1L), () -> between(min, max));
  }

  private Case<?> decimal(int precision, int scale) {
    BigInteger max = BigInteger.TEN.pow(precision).subtract(BigInteger.ONE);
    List<BigDecimal> extremes =
        Stream.of(max, max.negate(), BigInteger.ZERO, BigInteger.ONE, BigInteger.ONE.negate())
            .map(unscaled -> new BigDecimal(unscaled, scale))
            .toList();
    return simple(
        Column.decimal("v", precision, scale, row -> row.value()),
        "v",
        ColumnCases::shown,
        extremes,
        () -> decimalOf(precision, scale));
  }

  private Case<?> days(Column<Row<Long>> column, long min, long max) {
    return simple(
        column,
        "v",
        day -> LocalDate.ofEpochDay(day).toString(),
        List.of(min, max, 0L),
        () -> between(min, max));
  }

  private Case<?> times(int precision, long min, long max) {
    return simple(
        "DateTime64(" + precision + ", 'UTC')",
        Column.dateTime64("v", precision, row -> row.value()),
        "v",
        units -> shown(units, precision),
        List.of(min, max, 0L, -1L),
        () -> between(min, max));
  }

  private <V> Case<V> nullable(
      Column<Row<V>> column, String select, Function<V, String> shown, Supplier<V> next) {
    return simple(
        Column.nullable(column, row -> row.value() == null),
        select,
        value -> value == null ? "\\N" : shown.apply(value),
        Arrays.asList(null, next.get(), null),
        () -> orNull(next.get()));
  }

  private <V> V orNull(V value) {
    return random.nextInt(3) == 0 ? null : value;
  }

  private <V> List<V> listOf(Supplier<V> next) {
    List<V> list = new ArrayList<>();
    for (int left = random.nextInt(6); left > 0; left--) {
      list.add(next.get());
    }
    return list;
  }

  private <K, V> Map<K, V> mapOf(Supplier<K> keys, Supplier<V> values) {
    Map<K, V> map = new LinkedHashMap<>();
    for (int left = random.nextInt(6); left > 0; left--) {
      map.put(keys.get(), values.get());
    }
    return map;
  }

  private long between(long min, long max) {
    return random.nextLong(min, max == Long.MAX_VALUE ? max : max + 1);
  }

  private BigDecimal decimalOf(int precision, int scale) {
    String digits =
        IntStream.rangeClosed(0, random.nextInt(precision))
            .mapToObj(i -> String.valueOf(random.nextInt(10)))
            .collect(Collectors.joining());
    return new BigDecimal(new BigInteger((random.nextBoolean() ? "-" : "") + digits), scale);
  }

  private UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  /** One char per byte, any bytes. */
  private String bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return new String(bytes, ISO_8859_1);
  }

  private InetAddress randomAddress(int bytes) {
    return address(HEX.formatHex(bytes(bytes).getBytes(ISO_8859_1)));
  }

  private static InetAddress address(String hex) {
    try {
      return InetAddress.getByAddress(HEX.parseHex(hex));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Utf8Slice slice(String text) {
    Utf8Slice slice = new Utf8Slice();
    slice.set(text.getBytes(ISO_8859_1), 0, text.length());
    return slice;
  }

  private static String ipv6Bytes(InetAddress address) {
    String hex = HEX.formatHex(address.getAddress());
    return hex.length() == 8 ? "0".repeat(20) + "FFFF" + hex : hex;
  }

  private static String doubleBits(Double value) {
    return Long.toUnsignedString(Double.doubleToLongBits(value));
  }

  private static String quoted(Object value) {
    return "'" + value + "'";
  }

  /** The engine shows no zeros at the end either. */
  private static String shown(BigDecimal value) {
    return value.stripTrailingZeros().toPlainString();
  }

  private static String shown(long units, int precision) {
    long perSecond = BigInteger.TEN.pow(precision).longValueExact();
    Instant time =
        Instant.ofEpochSecond(
            Math.floorDiv(units, perSecond),
            Math.floorMod(units, perSecond) * (1_000_000_000 / perSecond));
    String pattern = "uuuu-MM-dd HH:mm:ss" + (precision == 0 ? "" : "." + "S".repeat(precision));
    return DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC).format(time);
  }

  private static <V> String shown(List<V> list, Function<V, String> element) {
    return list.stream()
        .map(value -> value == null ? "NULL" : element.apply(value))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static <K, V> String shown(
      Map<K, V> map, Function<K, String> key, Function<V, String> value) {
    return map.entrySet().stream()
        .map(
            entry ->
                key.apply(entry.getKey())
                    + ":"
                    + (entry.getValue() == null ? "NULL" : value.apply(entry.getValue())))
        .collect(Collectors.joining(",", "{", "}"));
  }
}
