package io.sluice.clickhouse.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;

class NativeBlockWriterTest {
  private final NativeBlockWriter<Row> writer = new NativeBlockWriter<>(Row.TABLE);

  @Test
  void writesTheBytesThatTheFormatPrescribes() {
    Table<Row> table =
        new Table<>(
            "db",
            "t",
            List.of(Column.uint16("a", Row::small), Column.uint64("b", Row::number)),
            Row::arrivalEpochMilli);
    NativeBlockWriter<Row> small = new NativeBlockWriter<>(table);
    small.append(new Row(0, 0, -2, 0x1234, "", ""));
    small.append(new Row(0, 0, 1, 0xFFFF, "", ""));
    assertThat(HexFormat.of().formatHex(bytes(small, 0, 2)))
        .isEqualTo(
            ("02 02 0161 0655496e743136 3412 ffff"
                    + "0162 0655496e743634 feffffffffffffff 0100000000000000")
                .replace(" ", ""));
  }

  @Property(tries = 200)
  @Domain(RowArbitraries.class)
  void givesBackWhatWasAppended(@ForAll List<Row> rows) {
    NativeBlockReader.Decoded decoded = NativeBlockReader.read(bytes(rows));
    assertThat(decoded.rowCount()).isEqualTo(rows.size());
    assertThat(decoded.values()).isEqualTo(Row.expected(rows));
  }

  @Property(tries = 200)
  @Domain(RowArbitraries.class)
  @Domain(DomainContext.Global.class)
  void writesAnyRangeOfRowsAndForetellsItsLength(
      @ForAll List<Row> rows, @ForAll int one, @ForAll int other) {
    int size = rows.size() + 1;
    int from = Math.min(Math.floorMod(one, size), Math.floorMod(other, size));
    int to = Math.max(Math.floorMod(one, size), Math.floorMod(other, size));
    bytes(rows);
    byte[] block = bytes(writer, from, to);
    assertThat(NativeBlockReader.read(block).values())
        .isEqualTo(Row.expected(rows.subList(from, to)));
    assertThat(writer.blockBytes(from, to)).isEqualTo(block.length);
  }

  @Test
  void namesTypesInTheTablesOrder() {
    Map<String, String> types = NativeBlockReader.read(bytes(List.of())).types();
    assertThat(types.entrySet().stream().map(Object::toString))
        .containsExactly(
            "time=DateTime", "number=UInt64", "small=UInt16", "text=String", "more=String");
  }

  @Test
  void saturatesTimesPastTheTypesLastSecond() {
    List<Row> rows =
        List.of(
            new Row(0, 4_294_967_295_999L, 0, 0, "", ""),
            new Row(0, 4_294_967_296_000L, 0, 0, "", ""),
            new Row(0, -1, 0, 0, "", ""),
            new Row(0, 999, 0, 0, "", ""));
    assertThat(NativeBlockReader.read(bytes(rows)).values().get("time"))
        .containsExactly(4_294_967_295L, 4_294_967_295L, 4_294_967_295L, 0L);
  }

  @Test
  void startsAnewAfterClear() {
    bytes(List.of(Row.of(1, "first"), Row.of(2, "second")));
    writer.clear();
    assertThat(writer.dataBytes()).isZero();
    Row third = Row.of(3, "third");
    writer.append(third);
    assertThat(NativeBlockReader.read(bytes(writer, 0, 1)).values())
        .isEqualTo(Row.expected(List.of(third)));
  }

  private byte[] bytes(List<Row> rows) {
    writer.clear(); // Properties use it again and again.
    rows.forEach(writer::append);
    return bytes(writer, 0, rows.size());
  }

  private static byte[] bytes(NativeBlockWriter<Row> writer, int from, int to) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(from, to, out::write);
    return out.toByteArray();
  }
}
