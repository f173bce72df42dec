package io.sluice.httplog;

import static io.sluice.httplog.Words.BYTES;
import static io.sluice.httplog.Words.doubleFarPointer;
import static io.sluice.httplog.Words.farPointer;
import static io.sluice.httplog.Words.listPointer;
import static io.sluice.httplog.Words.message;
import static io.sluice.httplog.Words.segment;
import static io.sluice.httplog.Words.structPointer;
import static io.sluice.httplog.Words.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpLogDecoderTest {
  @Test
  void decodesEveryField() throws Exception {
    assertThat(LogRow.decode(LogRow.EXAMPLE.encode())).isEqualTo(LogRow.EXAMPLE);
  }

  @Test
  void keepsTheLargestUnsignedNumbers() throws Exception {
    LogRow largest = new LogRow(-1, -1, -1, -1, 65535, "", "", "", "");

    assertThat(LogRow.decode(largest.encode())).isEqualTo(largest);
  }

  @Test
  void readsAbsentAndEmptyTextAsEmpty() throws Exception {
    LogRow row = new LogRow(1, 2, 3, 4, 5, null, "", null, "");

    assertThat(LogRow.decode(row.encode())).isEqualTo(row.decoded());
  }

  @Test
  void pointsIntoTheMessageInsteadOfCopying() throws Exception {
    byte[] encoded = LogRow.EXAMPLE.encode(1);
    HttpLogRecord record = new HttpLogRecord();

    new HttpLogDecoder().decode(encoded, 0, record);

    assertThat(record.url.bytes).isSameAs(encoded);
    assertThat(record.remoteAddr.bytes).isSameAs(encoded);
  }

  @Test
  void keepsBytesThatAreNotUtf8() throws Exception {
    byte[] encoded =
        message(segment(structPointer(0, 0, 4), 0, 0, 0, listPointer(0, BYTES, 4), 0x00_80_ff_c3L));
    HttpLogRecord record = new HttpLogRecord();

    new HttpLogDecoder().decode(encoded, 0, record);

    assertThat(record.url.toByteArray()).containsExactly(0xc3, 0xff, 0x80);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8, 10, 13})
  void decodesSeveralSegments(int segmentWords) throws Exception {
    byte[] encoded = LogRow.EXAMPLE.encode(segmentWords);

    assertThat(encoded[0]).as("segment count, less one").isPositive();
    assertThat(LogRow.decode(encoded)).isEqualTo(LogRow.EXAMPLE);
  }

  @Test
  void followsDoubleFarPointersToRootAndText() throws Exception {
    byte[] encoded =
        message(
            segment(doubleFarPointer(1, 0)),
            segment(
                farPointer(2, 1),
                structPointer(0, 1, 2),
                farPointer(3, 1),
                listPointer(0, BYTES, 4)),
            segment(-1, 77, 0, doubleFarPointer(1, 2)),
            segment(-1, text("PUT")));

    assertThat(LogRow.decode(encoded)).isEqualTo(new LogRow(77, 0, 0, 0, 0, "", "PUT", "", ""));
  }

  @Test
  void readsFieldsThatAnOlderWriterDidNotKnowAsDefaults() throws Exception {
    byte[] encoded =
        message(segment(structPointer(0, 1, 1), 77, listPointer(0, BYTES, 4), text("HIT")));

    assertThat(LogRow.decode(encoded)).isEqualTo(new LogRow(77, 0, 0, 0, 0, "HIT", "", "", ""));
  }

  @Test
  void skipsFieldsOfANewerWriter() throws Exception {
    byte[] encoded =
        message(
            segment(
                structPointer(0, 7, 6),
                // Data: five words known, two new.
                1,
                2,
                3,
                4,
                404,
                -1,
                -1,
                // Pointers: the first text is there, two new ones, one of them to a list of
                // structs.
                listPointer(5, BYTES, 5),
                0,
                0,
                0,
                listPointer(2, BYTES, 3),
                listPointer(2, 7, 2),
                text("MISS"),
                text("no"),
                structPointer(1, 1, 1),
                5,
                0));

    assertThat(LogRow.decode(encoded)).isEqualTo(new LogRow(1, 2, 3, 4, 404, "MISS", "", "", ""));
  }

  @Test
  void readsANullRootAndAnEmptyStructAsDefaults() throws Exception {
    assertThat(LogRow.decode(message(segment(0)))).isEqualTo(LogRow.DEFAULTS);
    assertThat(LogRow.decode(message(segment(structPointer(-1, 0, 0))))).isEqualTo(LogRow.DEFAULTS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1024})
  void saysWhereTheNextMessageBegins(int segmentWords) throws Exception {
    LogRow second = new LogRow(1, 2, 3, 4, 5, "HIT", "GET", "192.0.2.1", "/second");
    byte[] first = LogRow.EXAMPLE.encode(segmentWords);
    byte[] both = concat(first, second.encode(segmentWords));
    HttpLogDecoder decoder = new HttpLogDecoder();
    HttpLogRecord record = new HttpLogRecord();

    int next = decoder.decode(both, 0, record);

    assertThat(next).isEqualTo(first.length);
    assertThat(LogRow.of(record)).isEqualTo(LogRow.EXAMPLE);
    assertThat(decoder.decode(both, next, record)).isEqualTo(both.length);
    assertThat(LogRow.of(record)).isEqualTo(second);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 13, 16, 1000})
  void takesZerosBehindTheLastMessageForPadding(int zeros) throws Exception {
    byte[] encoded = LogRow.EXAMPLE.encode();
    byte[] longer = Arrays.copyOf(encoded, encoded.length + zeros);
    HttpLogRecord record = new HttpLogRecord();

    assertThat(new HttpLogDecoder().decode(longer, 0, record)).isEqualTo(longer.length);
    assertThat(LogRow.of(record)).isEqualTo(LogRow.EXAMPLE);
  }

  @Test
  void ignoresPaddingOfTheSegmentTableAndEmptySegments() throws Exception {
    byte[] encoded =
        message(
            segment(structPointer(0, 1, 1), 77, farPointer(2, 0)),
            segment(),
            segment(listPointer(0, BYTES, 4), text("HIT")),
            segment());
    ByteBuffer.wrap(encoded).putInt(20, 0xffffffff);

    assertThat(LogRow.decode(encoded)).isEqualTo(new LogRow(77, 0, 0, 0, 0, "HIT", "", "", ""));
  }

  @Test
  void decodesTheMostSegmentsAllowed() throws Exception {
    long[][] segments = new long[511][];
    Arrays.fill(segments, segment());
    segments[0] = segment(farPointer(510, 0));
    segments[510] = segment(structPointer(0, 1, 0), 77);

    assertThat(LogRow.decode(message(segments)).timestampEpochMilli()).isEqualTo(77);
  }

  private static byte[] concat(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  @Test
  void leavesTheArrivalOfEveryRecordAlone() throws Exception {
    HttpLogRecord record = new HttpLogRecord();
    record.arrivalEpochMilli = 7;

    new HttpLogDecoder().decode(message(segment(0)), 0, record);
    assertThat(record.arrivalEpochMilli).isEqualTo(7);

    new HttpLogDecoder().decode(LogRow.EXAMPLE.encode(), 0, record);
    assertThat(record.arrivalEpochMilli).isEqualTo(7);
  }

  @Test
  void leavesNothingOfTheMessageBefore() throws Exception {
    HttpLogDecoder decoder = new HttpLogDecoder();
    HttpLogRecord record = new HttpLogRecord();

    decoder.decode(LogRow.EXAMPLE.encode(), 0, record);
    decoder.decode(message(segment(0)), 0, record);

    assertThat(LogRow.of(record)).isEqualTo(LogRow.DEFAULTS);
  }
}
