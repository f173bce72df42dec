package io.sluice.httplog;

import static io.sluice.httplog.Words.BYTES;
import static io.sluice.httplog.Words.doubleFarPointer;
import static io.sluice.httplog.Words.farPointer;
import static io.sluice.httplog.Words.listPointer;
import static io.sluice.httplog.Words.littleEndianInt;
import static io.sluice.httplog.Words.message;
import static io.sluice.httplog.Words.segment;
import static io.sluice.httplog.Words.structPointer;
import static io.sluice.httplog.Words.text;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sluice.feed.capnp.Defect;
import io.sluice.feed.kafka.UndecodableMessageException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class HttpLogDecoderRejectionTest {
  private static final int POINTERS = 4;

  static Stream<Arguments> illegalMessages() {
    return Stream.of(
        arguments("tombstone", null, Defect.TOMBSTONE),
        arguments("empty", new byte[0], Defect.EMPTY),
        arguments("half a word", new byte[4], Defect.CUT_IN_FIRST_WORD),
        arguments("512 segments", segments(512), Defect.TOO_MANY_SEGMENTS),
        arguments("2^32 segments", table(-1), Defect.TOO_MANY_SEGMENTS),
        arguments(
            "an address as segment count", ascii("203.0.113.77    "), Defect.TOO_MANY_SEGMENTS),
        arguments("table cut off", table(9), Defect.CUT_IN_SEGMENT_TABLE),
        arguments("a segment of 2^32 words", hugeSegment(), Defect.CUT_IN_SEGMENT),
        arguments("an address as segment size", ascii("\0\0\0\0" + "1.2."), Defect.CUT_IN_SEGMENT),
        arguments("no root", message(segment()), Defect.NO_ROOT),
        arguments(
            "root is a list",
            message(segment(listPointer(0, BYTES, 1), 0)),
            Defect.ROOT_NOT_A_STRUCT),
        arguments("root is a capability", message(segment(3)), Defect.ROOT_NOT_A_STRUCT),
        arguments(
            "root too large",
            message(segment(structPointer(0, 2, 0), 0)),
            Defect.ROOT_OUT_OF_BOUNDS),
        arguments(
            "root reaches into the next segment",
            message(segment(structPointer(0, 2, 0), 0), segment(0, 0)),
            Defect.ROOT_OUT_OF_BOUNDS),
        arguments(
            "root before the segment",
            message(segment(structPointer(-2, 1, 0))),
            Defect.ROOT_OUT_OF_BOUNDS),
        arguments(
            "root far away",
            message(segment(structPointer(1 << 28, 1, 0))),
            Defect.ROOT_OUT_OF_BOUNDS),
        arguments(
            "far pointer to no segment",
            message(segment(farPointer(1, 0))),
            Defect.UNKNOWN_SEGMENT),
        arguments(
            "far pointer to segment -1",
            message(segment(farPointer(-1, 0))),
            Defect.UNKNOWN_SEGMENT),
        arguments(
            "landing pad outside",
            message(segment(farPointer(0, 9))),
            Defect.LANDING_PAD_OUT_OF_BOUNDS),
        arguments(
            "landing pad far outside",
            message(segment(farPointer(0, 1 << 28))),
            Defect.LANDING_PAD_OUT_OF_BOUNDS),
        arguments(
            "far pointer to itself", message(segment(farPointer(0, 0))), Defect.ROOT_NOT_A_STRUCT),
        arguments(
            "double far to itself",
            message(segment(doubleFarPointer(0, 0))),
            Defect.LANDING_PAD_OUT_OF_BOUNDS),
        arguments(
            "double far to no segment",
            message(segment(doubleFarPointer(1, 0)), segment(farPointer(7, 0), 0)),
            Defect.UNKNOWN_SEGMENT),
        arguments(
            "double far to a pointer that is not far",
            message(
                segment(doubleFarPointer(1, 0)),
                segment(structPointer(0, 1, 0), structPointer(0, 1, 0), 7)),
            Defect.LANDING_PAD_NOT_FAR),
        arguments("text is a struct", withUrl(structPointer(0, 1, 0)), Defect.TEXT_NOT_A_LIST),
        arguments("text of words", withUrl(listPointer(0, 5, 1)), Defect.TEXT_NOT_OF_BYTES),
        arguments(
            "text without NUL", withUrl(listPointer(0, BYTES, 3)), Defect.TEXT_NOT_TERMINATED),
        arguments(
            "text of no bytes", withUrl(listPointer(0, BYTES, 0)), Defect.TEXT_NOT_TERMINATED),
        arguments(
            "text beyond the end", withUrl(listPointer(1, BYTES, 8)), Defect.TEXT_OUT_OF_BOUNDS),
        arguments(
            "text of 2^29 bytes", withUrl(listPointer(0, BYTES, -1)), Defect.TEXT_OUT_OF_BOUNDS),
        arguments(
            "text before the segment",
            withUrl(listPointer(-7, BYTES, 24)),
            Defect.TEXT_OUT_OF_BOUNDS),
        arguments(
            // 2^29 words less: eight times that is 0 in 32 bits.
            "text whose offset wraps in 32 bits",
            withUrl(0x4a_80000001L | listPointer(0, BYTES, 6)),
            Defect.TEXT_OUT_OF_BOUNDS),
        arguments(
            "text behind a stray far pointer", withUrl(farPointer(3, 0)), Defect.UNKNOWN_SEGMENT));
  }

  private static byte[] segments(int count) {
    long[][] segments = new long[count][0];
    segments[0] = segment(structPointer(0, 1, 0), 5);
    return message(segments);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
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
  void rejectsWithAReasonAndLeavesNoData(String name, byte[] message, Defect defect) {
    HttpLogRecord record = LogRow.used();

    assertThatThrownBy(() -> new HttpLogDecoder().decode(message, 0, record))
        .isInstanceOf(UndecodableMessageException.class)
        .hasMessage(defect.words())
        .hasNoCause();
    assertThat(LogRow.of(record)).isEqualTo(LogRow.DEFAULTS);
  }

  @ParameterizedTest
  @EnumSource(Defect.class)
  void neverSaysANumberThatCouldBePartOfAnAddress(Defect defect) {
    assertThat(defect.words()).isNotBlank().doesNotContainPattern("[0-9]");
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
        .hasMessage(Defect.TEXTS_OVERLAP.words());
  }

  @Test
  void decodesTheNextMessageAfterARejectedOne() throws Exception {
    HttpLogDecoder decoder = new HttpLogDecoder();
    HttpLogRecord record = new HttpLogRecord();

    assertThatThrownBy(() -> decoder.decode(withUrl(3), 0, record))
        .isInstanceOf(UndecodableMessageException.class);
    decoder.decode(LogRow.EXAMPLE.encode(), 0, record);

    assertThat(LogRow.of(record)).isEqualTo(LogRow.EXAMPLE);
  }

  @Test
  void costsNoStackTrace() {
    assertThatThrownBy(() -> LogRow.decode(new byte[0]))
        .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
  }
}
