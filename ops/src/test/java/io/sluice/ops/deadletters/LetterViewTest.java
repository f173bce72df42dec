package io.sluice.ops.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LetterViewTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                | no frame: less than a word",
        "00000000020000000000000000000000  | 1 segment, and ends before the last one does",
        "00000000010000000000000000000000  | 1 segment, 16 bytes with the frame: complete, so the"
            + " trouble is inside",
        "01000000010000000100000000000000  | 2 segments, and ends before the last one does",
        "09000000010000000100000000000000  | announces 10 segments, and ends before their sizes",
        "ffffffff01000000                  | announces too many segments: not a Cap'n Proto message,"
            + " or packed or compressed",
        "00000000ffffffff                  | 1 segment, and ends before the last one does",
        // The ASCII of 1.2.
        "312e322e01000000                  | announces too many segments: not a Cap'n Proto message,"
            + " or packed or compressed"
      })
  void saysWhatTheFrameSays(String hex, String words) {
    assertThat(LetterView.frame(HexFormat.of().parseHex(hex))).isEqualTo(words);
  }

  @Test
  void showsWhatIsNoTextAndWhereItIs() {
    assertThat(
            LetterView.dump(
                HexFormat.of().parseHex("00000000" + "17000000" + "312e322e332e34001f20ff"), 512))
        .containsExactly(
            "00000000  00 00 00 00 17 00 00 00  ·· ·· ·· ·· ·· ·· ·· 00", "00000010  1f ·· ··");
  }

  @Test
  void showsTheBeginningOfALongMessage() {
    assertThat(LetterView.dump(new byte[1_050], 32)).hasSize(3).last().isEqualTo("… 1,018 more");
    assertThat(LetterView.dump(new byte[0], 32)).isEmpty();
  }

  /** Whatever the encoding, nothing of an address is left but what it has between its letters. */
  @Test
  void hidesAnAddressInAnyEncoding() {
    for (Charset charset :
        List.of(StandardCharsets.US_ASCII, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      for (String address : List.of("203.0.113.7", "2001:db8::7", "::ffff:203.0.113.7")) {
        assertThat(String.join("", LetterView.dump(address.getBytes(charset), 512)))
            .as(address)
            .matches("([0-9a-f]{8} |··|00|[ ])*");
      }
    }
  }

  @Property
  void noByteFromASpaceUpwardsIsShown(@ForAll byte[] bytes) {
    String shown =
        String.join(" ", LetterView.dump(bytes, 100_000)).replaceAll("\\b[0-9a-f]{8}\\b", "");

    assertThat(shown).matches("(\\s|··|[01][0-9a-f])*");
  }
}
