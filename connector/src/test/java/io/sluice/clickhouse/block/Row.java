package io.sluice.clickhouse.block;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A row with a column of every type; texts hold one char per byte, so any bytes at all. */
public record Row(
    long arrivalEpochMilli, long timeMilli, long number, int small, String text, String more) {
  public static final Table<Row> TABLE =
      new Table<>(
          "db",
          "samples",
          List.of(
              Column.dateTime("time", Row::timeMilli),
              Column.uint64("number", Row::number),
              Column.uint16("small", Row::small),
              Column.string("text", r -> slice(r.text)),
              Column.string("more", r -> slice(r.more))),
          Row::arrivalEpochMilli);

  public static Row of(long number, String text) {
    return new Row(1_000 * number, 0, number, 0, text, "");
  }

  /** Somewhere inside a larger array, as the texts of a message are. */
  private static Utf8Slice slice(String text) {
    byte[] bytes = ("<<" + text + ">>").getBytes(StandardCharsets.ISO_8859_1);
    Utf8Slice slice = new Utf8Slice();
    slice.set(bytes, 2, bytes.length - 4);
    return slice;
  }

  /** What a reader must find, by column. */
  public static Map<String, List<Object>> expected(List<Row> rows) {
    return Map.of(
        "time", rows.stream().<Object>map(r -> seconds(r.timeMilli)).toList(),
        "number", rows.stream().<Object>map(Row::number).toList(),
        "small", rows.stream().<Object>map(r -> (long) r.small).toList(),
        "text", rows.stream().<Object>map(Row::text).toList(),
        "more", rows.stream().<Object>map(Row::more).toList());
  }

  private static long seconds(long unsignedMilli) {
    long seconds = Long.divideUnsigned(unsignedMilli, 1000);
    return seconds > 4_294_967_295L ? 4_294_967_295L : seconds;
  }
}
