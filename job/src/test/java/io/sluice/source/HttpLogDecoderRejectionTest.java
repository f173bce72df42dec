package io.sluice.source;

import static io.sluice.source.Words.BYTES;
import static io.sluice.source.Words.doubleFarPointer;
import static io.sluice.source.Words.farPointer;
import static io.sluice.source.Words.listPointer;
import static io.sluice.source.Words.littleEndianInt;
import static io.sluice.source.Words.message;
import static io.sluice.source.Words.segment;
import static io.sluice.source.Words.structPointer;
import static io.sluice.source.Words.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sluice.record.HttpLogRecord;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HttpLogDecoderRejectionTest {
  private static final int POINTERS = 4;

  static Stream<Arguments> illegalMessages() {
    return Stream.of(
        arguments("tombstone", null, "no value (tombstone)"),
        arguments("empty", new byte[0], "empty value"),
        arguments("half a word", new byte[4], "truncated in the first word of the segment table"),
        arguments("more than 512 segments", table(512), "segment table announces 513 segments"),
        arguments("2^32 segments", table(-1), "segment table announces 4294967296 segments"),
        arguments("table cut off", table(9), "truncated in the segment table of 10 segments"),
        arguments(
            "a segment of 2^32 words",
            hugeSegment(),
            "truncated: segment 0 has 34359738360 bytes, 0 are there"),
        arguments("no root", message(segment()), "out-of-bounds"),
        arguments("root is a list", message(segment(listPointer(0, BYTES, 1), 0)), "non-struct"),
        arguments("root is a capability", message(segment(3)), "non-struct"),
        arguments(
            "root too large", message(segment(structPointer(0, 2, 0), 0)), "out-of-bounds struct"),
        arguments(
            "root reaches into the next segment",
            message(segment(structPointer(0, 2, 0), 0), segment(0, 0)),
            "out-of-bounds struct"),
        arguments("root before the segment", message(segment(structPointer(-2, 1, 0))), "-bounds"),
        arguments("root far away", message(segment(structPointer(1 << 28, 1, 0))), "-bounds"),
        arguments("far pointer to no segment", message(segment(farPointer(1, 0))), "-bounds"),
        arguments("far pointer to segment -1", message(segment(farPointer(-1, 0))), "-bounds"),
        arguments("landing pad outside", message(segment(farPointer(0, 9))), "-bounds"),
        arguments("landing pad far outside", message(segment(farPointer(0, 1 << 28))), "-bounds"),
        arguments("far pointer to itself", message(segment(farPointer(0, 0))), "non-struct"),
        arguments("double far to itself", message(segment(doubleFarPointer(0, 0))), "-bounds"),
        arguments(
            "double far to no segment",
            message(segment(doubleFarPointer(1, 0)), segment(farPointer(7, 0), 0)),
            "-bounds"),
        arguments("text is a struct", withUrl(structPointer(0, 1, 0)), "non-list"),
        arguments("text of words", withUrl(listPointer(0, 5, 1)), "non-bytes"),
        arguments("text without NUL", withUrl(listPointer(0, BYTES, 3)), "not NUL-terminated"),
        arguments("text of no bytes", withUrl(listPointer(0, BYTES, 0)), "not NUL-terminated"),
        arguments("text beyond the end", withUrl(listPointer(1, BYTES, 8)), "-bounds"),
        arguments("text of 2^29 bytes", withUrl(listPointer(0, BYTES, -1)), "limit"),
        arguments("text before the segment", withUrl(listPointer(-7, BYTES, 24)), "-bounds text"),
        arguments("text behind a stray far pointer", withUrl(farPointer(3, 0)), "-bounds"));
  }

  private static byte[] withUrl(long pointer) {
    return message(segment(structPointer(0, 0, POINTERS), 0, 0, 0, pointer, text("/path")));
  }

  private static byte[] table(int segmentCountLessOne) {
    return Arrays.copyOf(littleEndianInt(segmentCountLessOne), 8);
  }

  private static byte[] hugeSegment() {
    byte[] message = new byte[8];
    Arrays.fill(message, 4, 8, (byte) 0xff);
    return message;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("illegalMessages")
  void rejectsWithAReasonAndLeavesNoData(String name, byte[] message, String reason) {
    HttpLogRecord record = LogRow.used();

    assertThatThrownBy(() -> new HttpLogDecoder().decode(message, record))
        .isInstanceOf(UndecodableMessageException.class)
        .hasMessageContaining(reason)
        .hasNoCause();
    assertThat(LogRow.of(record)).isEqualTo(LogRow.DEFAULTS);
  }

  @Test
  void rejectsEveryTruncation() {
    for (int segmentWords : new int[] {1, 4, 1024}) {
      byte[] whole = LogRow.EXAMPLE.encode(segmentWords);
      for (int length = 0; length < whole.length; length++) {
        byte[] truncated = Arrays.copyOf(whole, length);
        assertThatThrownBy(() -> LogRow.decode(truncated))
            .as("%d of %d bytes", length, whole.length)
            .isInstanceOf(UndecodableMessageException.class);
      }
    }
  }

  @Test
  void rejectsOneTextUsedByAllFields() {
    // Each field reads the same 8 KB: legal pointers, but four times the message.
    long[] words = new long[1 + POINTERS + 1024];
    words[0] = structPointer(0, 0, POINTERS);
    for (int i = 1; i <= POINTERS; i++) {
      words[i] = listPointer(POINTERS - i, BYTES, 8 * 1024);
    }

    assertThatThrownBy(() -> LogRow.decode(message(words)))
        .isInstanceOf(UndecodableMessageException.class)
        .hasMessage("Read limit exceeded.");
  }

  @Test
  void decodesTheNextMessageAfterARejectedOne() throws Exception {
    HttpLogDecoder decoder = new HttpLogDecoder();
    HttpLogRecord record = new HttpLogRecord();

    assertThatThrownBy(() -> decoder.decode(withUrl(3), record))
        .isInstanceOf(UndecodableMessageException.class);
    decoder.decode(LogRow.EXAMPLE.encode(), record);

    assertThat(LogRow.of(record)).isEqualTo(LogRow.EXAMPLE);
  }

  @Test
  void costsNoStackTrace() {
    assertThatThrownBy(() -> LogRow.decode(new byte[0]))
        .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
  }
}
