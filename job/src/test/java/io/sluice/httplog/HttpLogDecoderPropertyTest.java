package io.sluice.httplog;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.block.Utf8Slice;
import io.sluice.feed.kafka.UndecodableMessageException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class HttpLogDecoderPropertyTest {
  @Property
  void decodesWhatWasEncodedWhateverTheSegments(
      @ForAll("rows") LogRow row, @ForAll @IntRange(min = 1, max = 40) int segmentWords)
      throws Exception {
    assertThat(LogRow.decode(row.encode(segmentWords))).isEqualTo(row.decoded());
  }

  @Property(tries = 20_000)
  void neverFailsOtherwiseOnMutatedMessages(
      @ForAll("rows") LogRow row,
      @ForAll @IntRange(min = 1, max = 40) int segmentWords,
      @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 1 << 30) Integer> places,
      @ForAll @Size(6) byte[] values) {
    byte[] message = row.encode(segmentWords);
    for (int i = 0; i < places.size(); i++) {
      message[places.get(i) % message.length] = values[i];
    }
    decodesOrRejects(message);
  }

  @Property(tries = 20_000)
  void neverFailsOtherwiseOnMutatedPointers(
      @ForAll @IntRange(min = 1, max = 40) int segmentWords,
      @ForAll @IntRange(max = 1 << 20) int place,
      @ForAll long word) {
    byte[] message = LogRow.EXAMPLE.encode(segmentWords);
    int offset = place % (message.length / 8) * 8;
    for (int i = 0; i < 8; i++) {
      message[offset + i] = (byte) (word >>> (8 * i));
    }
    decodesOrRejects(message);
  }

  @Property
  void neverFailsOtherwiseOnArbitraryBytes(@ForAll byte[] message) {
    decodesOrRejects(message);
  }

  @Property
  void neverFailsOtherwiseOnArbitraryWordsInOneSegment(@ForAll @Size(max = 20) long[] words) {
    decodesOrRejects(Words.message(words));
  }

  /** Any other exception fails the property. */
  private static void decodesOrRejects(byte[] message) {
    byte[] before = message.clone();
    HttpLogRecord record = LogRow.used();
    try {
      new HttpLogDecoder().decode(message, 0, record);
      for (Utf8Slice text : texts(record)) {
        assertThat(text.length == 0 || text.bytes == message).isTrue();
        assertThat(text.offset).isNotNegative();
        assertThat(text.offset + text.length).isLessThanOrEqualTo(text.bytes.length);
      }
    } catch (UndecodableMessageException e) {
      assertThat(e).message().isNotBlank();
      assertThat(LogRow.of(record)).isEqualTo(LogRow.DEFAULTS);
    }
    assertThat(Arrays.equals(message, before)).as("message unchanged").isTrue();
  }

  private static List<Utf8Slice> texts(HttpLogRecord record) {
    return List.of(record.cacheStatus, record.method, record.remoteAddr, record.url);
  }

  @Provide
  Arbitrary<LogRow> rows() {
    Arbitrary<Long> numbers = Arbitraries.longs();
    Arbitrary<String> texts =
        Arbitraries.strings().excludeChars(SURROGATES).ofMaxLength(40).injectNull(0.2);
    return Combinators.combine(
            numbers.list().ofSize(4),
            Arbitraries.integers().between(0, 65535),
            texts.list().ofSize(4))
        .as(
            (n, status, t) ->
                new LogRow(
                    n.get(0), n.get(1), n.get(2), n.get(3), status, t.get(0), t.get(1), t.get(2),
                    t.get(3)));
  }

  /** Half a character has no UTF-8. */
  private static final char[] SURROGATES = surrogates();

  private static char[] surrogates() {
    char[] all = new char[Character.MAX_SURROGATE - Character.MIN_SURROGATE + 1];
    for (int i = 0; i < all.length; i++) {
      all[i] = (char) (Character.MIN_SURROGATE + i);
    }
    return all;
  }
}
