package io.sluice.ops.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MaskedBytesTest {
  @Test
  void showsWhatIsNoTextAndWhereItIs() {
    assertThat(
            MaskedBytes.dump(
                HexFormat.of().parseHex("00000000" + "17000000" + "312e322e332e34001f20ff"), 512))
        .containsExactly(
            "00000000  00 00 00 00 17 00 00 00  ·· ·· ·· ·· ·· ·· ·· 00", "00000010  1f ·· ··");
  }

  @Test
  void showsTheBeginningOfALongMessage() {
    assertThat(MaskedBytes.dump(new byte[1_050], 32)).hasSize(3).last().isEqualTo("… 1,018 more");
    assertThat(MaskedBytes.dump(new byte[0], 32)).isEmpty();
  }

  /** Whatever the encoding, nothing of an address is left but what it has between its letters. */
  @Test
  void hidesAnAddressInAnyEncoding() {
    for (Charset charset :
        List.of(StandardCharsets.US_ASCII, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      for (String address : List.of("203.0.113.7", "2001:db8::7", "::ffff:203.0.113.7")) {
        assertThat(String.join("", MaskedBytes.dump(address.getBytes(charset), 512)))
            .as(address)
            .matches("([0-9a-f]{8} |··|00|[ ])*");
      }
    }
  }

  @Property
  void noByteFromASpaceUpwardsIsShown(@ForAll byte[] bytes) {
    String shown =
        String.join(" ", MaskedBytes.dump(bytes, 100_000)).replaceAll("\\b[0-9a-f]{8}\\b", "");

    assertThat(shown).matches("(\\s|··|[01][0-9a-f])*");
  }
}
