package io.sluice.clickhouse.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sluice.clickhouse.block.ColumnArbitraries.Drawn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTest {
  @Property(tries = 500)
  @Domain(ColumnArbitraries.class)
  @Domain(DomainContext.Global.class)
  void givesBackAnyRangeOfRowsOfAnyTypeAndForetellsItsLength(
      @ForAll Drawn<?> drawn, @ForAll int one, @ForAll int other) {
    int size = drawn.rows().size() + 1;
    int from = Math.min(Math.floorMod(one, size), Math.floorMod(other, size));
    int to = Math.max(Math.floorMod(one, size), Math.floorMod(other, size));

    assertGivesBack(drawn, from, to);
    assertGivesBack(drawn, 0, drawn.rows().size());
  }

  private static <V> void assertGivesBack(Drawn<V> drawn, int from, int to) {
    NativeBlockWriter<V> writer = writer(drawn.column());
    long startBytes = writer.blockBytes(0, 0);
    drawn.rows().forEach(writer::append);
    byte[] block = bytes(writer, from, to);

    NativeBlockReader.Decoded decoded = NativeBlockReader.read(block);
    assertThat(decoded.types()).isEqualTo(Map.of("v", drawn.column().type()));
    assertThat(decoded.values().get("v")).isEqualTo(drawn.expected().subList(from, to));
    assertThat(writer.blockBytes(from, to)).isEqualTo(block.length);
    assertThat(startBytes + writer.dataBytes())
        .isEqualTo(writer.blockBytes(0, drawn.rows().size()));
  }

  @Test
  void startsAnewAfterClearWhateverIsNested() {
    Column<List<String>> column =
        Column.array(
            "v", Column.nullable(Column.string("e", Utf8Slice::of), Objects::isNull), row -> row);
    NativeBlockWriter<List<String>> writer = writer(column);
    writer.append(Arrays.asList("first", null));
    writer.clear();

    writer.append(Arrays.asList("a", null, "c"));

    assertThat(NativeBlockReader.read(bytes(writer, 0, 1)).values().get("v"))
        .isEqualTo(List.of(Arrays.asList("a", null, "c")));
  }

  @ParameterizedTest
  @CsvSource({
    "Int8, -129, -128, 127",
    "Int8, 128, -128, 127",
    "Int16, 32768, -32768, 32767",
    "Int32, -2147483649, -2147483648, 2147483647",
    "UInt8, 300, 0, 255",
    "UInt8, -1, 0, 255",
    "UInt16, 65536, 0, 65535",
    "UInt32, 4294967296, 0, 4294967295",
    "Date, -1, 0, 65535",
    "Date, 65536, 0, 65535",
    "Date32, -25568, -25567, 120529",
    "DateTime64(3), 10413792000000, -2208988800000, 10413791999999",
    "DateTime64(9), -2208988800000000001, -2208988800000000000, 9223372036854775807",
  })
  void refusesNumbersOutOfRange(String type, long value, long min, long max) {
    List<Column<Long>> columns =
        List.of(
            Column.int8("v", v -> v),
            Column.int16("v", v -> v),
            Column.int32("v", v -> v),
            Column.uint8("v", v -> v),
            Column.uint16("v", v -> v),
            Column.uint32("v", v -> v),
            Column.date("v", v -> v),
            Column.date32("v", v -> v),
            Column.dateTime64("v", 3, v -> v),
            Column.dateTime64("v", 9, v -> v));
    Column<Long> column =
        columns.stream().filter(c -> c.type().equals(type)).findFirst().orElseThrow();
    assertRefused(
        column, value, "(%s): %d is not between %d and %d".formatted(type, value, min, max));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1000", "-1000", "0.001", "1E+1000000000", "1E-1000000000", "99.999"})
  void refusesDecimalsWithTooManyDigits(String value) {
    assertRefused(
        Column.decimal("v", 5, 2, v -> v),
        new BigDecimal(value),
        "(Decimal(5, 2)): %s has more than 3 digits before the point or 2 after it"
            .formatted(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1.5000", "1E+2", "0E+1000000000", "0E-1000000000", "-999.99"})
  void takesDecimalsOfAnotherScaleIfNothingIsLost(String value) {
    NativeBlockWriter<BigDecimal> writer = writer(Column.decimal("v", 5, 2, v -> v));
    writer.append(new BigDecimal(value));
    assertThat(NativeBlockReader.read(bytes(writer, 0, 1)).values().get("v"))
        .singleElement(InstanceOfAssertFactories.BIG_DECIMAL)
        .isEqualByComparingTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.0", "0.0000", "0E+5", "0E-9"})
  void aDecimalWithoutDigitsBeforeThePointTakesZero(String value) {
    NativeBlockWriter<BigDecimal> writer = writer(Column.decimal("v", 4, 4, v -> v));
    writer.append(new BigDecimal(value));
    assertThat(NativeBlockReader.read(bytes(writer, 0, 1)).values().get("v"))
        .singleElement(InstanceOfAssertFactories.BIG_DECIMAL)
        .isZero();
  }

  @Test
  void refusesDoublesThatWouldBecomeInfinite() {
    assertRefused(Column.float32("v", v -> v), 1e39, "(Float32): 1.0E39 is not between");
    assertRefused(Column.float32("v", v -> v), -1e39, "(Float32): -1.0E39 is not between");
  }

  @Test
  void refusesTextsLongerThanTheirColumnAndDoesNotShowThem() {
    assertRefused(
        Column.fixedString("v", 3, Utf8Slice::of),
        "four",
        "(FixedString(3)): a text of 4 bytes is longer than 3");
  }

  @Test
  void refusesIpv6WhereOnlyIpv4FitsAndDoesNotShowIt() throws Exception {
    assertRefused(
        Column.ipv4("v", v -> v),
        InetAddress.getByName("2001:db8::1"),
        "(IPv4): an IPv6 address, where only IPv4 fits");
  }

  @Test
  void refusesNullUnlessItIsNullable() {
    String message = ": null, which only a Nullable column takes";
    assertRefused(Column.string("v", (Utf8Slice v) -> v), null, "(String)" + message);
    assertRefused(Column.uuid("v", (UUID v) -> v), null, "(UUID)" + message);
    assertRefused(Column.ipv4("v", (InetAddress v) -> v), null, "(IPv4)" + message);
    assertRefused(
        Column.array("v", Column.uuid("e", v -> v), (List<UUID> v) -> v),
        null,
        "(Array(UUID))" + message);
    assertRefused(
        Column.map(
            "v", Column.uuid("k", v -> v), Column.uuid("v", v -> v), (Map<UUID, UUID> v) -> v),
        null,
        "(Map(UUID, UUID))" + message);
  }

  @Test
  void namesTheColumnWhenAnElementOrAnExtractorFails() {
    assertRefused(
        Column.array("v", Column.uint8("e", (Integer v) -> v), row -> row),
        List.of(1, 256),
        "(Array(UInt8)): 256 is not between 0 and 255");
    assertRefused(Column.int32("v", Integer::parseInt), "x", "(Int32): For input string: \"x\"");
  }

  @Test
  void takesRowsAgainAfterARefusedOneAndClear() {
    NativeBlockWriter<Integer> writer =
        new NativeBlockWriter<>(
            new Table<>(
                "db",
                "t",
                List.of(Column.int32("a", v -> v), Column.uint8("b", v -> v)),
                row -> 0));
    assertThatIllegalArgumentException().isThrownBy(() -> writer.append(-1));
    writer.clear();
    writer.append(7);
    assertThat(NativeBlockReader.read(bytes(writer, 0, 1)).values())
        .isEqualTo(Map.of("a", List.of(7L), "b", List.of(7L)));
  }

  @Test
  void doesNotReadTheValueOfANull() {
    Column<Integer> column =
        Column.nullable(Column.int32("v", v -> Objects.requireNonNull(v)), Objects::isNull);
    NativeBlockWriter<Integer> writer = writer(column);
    writer.append(null);
    assertThat(NativeBlockReader.read(bytes(writer, 0, 1)).values().get("v"))
        .containsExactly((Object) null);
  }

  @Test
  void refusesTypesThatClickHouseDoesNotHave() {
    Column<UUID> uuid = Column.uuid("v", v -> v);
    Column<UUID> nullable = Column.nullable(uuid, Objects::isNull);
    Column<List<UUID>> array = Column.array("v", uuid, v -> v);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Column.nullable(nullable, Objects::isNull))
        .withMessage("column 'v': Nullable(UUID) cannot be Nullable");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Column.nullable(array, Objects::isNull))
        .withMessage("column 'v': Array(UUID) cannot be Nullable");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Column.map("v", nullable, uuid, (Map<UUID, UUID> v) -> v))
        .withMessage("column 'v': Nullable(UUID) cannot be the key of a Map");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Column.decimal("v", 77, 0, (BigDecimal v) -> v))
        .withMessage("precision: 77 is not between 1 and 76");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Column.decimal("v", 5, 6, (BigDecimal v) -> v))
        .withMessage("scale: 6 is not between 0 and 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Column.dateTime64("v", 10, v -> 0))
        .withMessage("precision: 10 is not between 0 and 9");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Column.fixedString("v", 0, Utf8Slice::of))
        .withMessage("length: 0 is not between 1 and 16777215");
  }

  @Property(tries = 50)
  @Domain(ColumnArbitraries.class)
  void travelsInsideOperators(@ForAll Drawn<?> drawn) throws Exception {
    assertTravels(drawn);
  }

  @SuppressWarnings("unchecked") // What was written is read.
  private static <V> void assertTravels(Drawn<V> drawn) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ObjectOutputStream objects = new ObjectOutputStream(out)) {
      objects.writeObject(drawn.column());
    }
    try (ObjectInputStream objects =
        new ObjectInputStream(new ByteArrayInputStream(out.toByteArray()))) {
      Column<V> column = (Column<V>) objects.readObject();
      assertGivesBack(new Drawn<>(column, drawn.rows(), drawn.expected()), 0, drawn.rows().size());
    }
  }

  private static <V> void assertRefused(Column<V> column, V value, String message) {
    NativeBlockWriter<V> writer = writer(column);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> writer.append(value))
        .withMessageStartingWith("column 'v' " + message);
  }

  private static <V> NativeBlockWriter<V> writer(Column<V> column) {
    return new NativeBlockWriter<>(new Table<>("db", "t", List.of(column), row -> 0));
  }

  private static byte[] bytes(NativeBlockWriter<?> writer, int from, int to) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(from, to, out::write);
    return out.toByteArray();
  }
}
