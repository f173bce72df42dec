package io.sluice.sandbox.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameViewTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                | no frame: less than a word",
        "00000000020000000000000000000000  | 1 segment, 24 bytes with the frame: 8 are missing",
        "00000000010000000000000000000000  | 1 segment, 16 bytes with the frame: complete, so the"
            + " trouble is inside",
        "01000000010000000100000000000000  | 2 segments, 32 bytes with the frame: 16 are missing",
        "09000000010000000100000000000000  | announces 10 segments, and ends before their sizes",
        "ffffffff01000000                  | announces 4,294,967,296 segments: not a Cap'n Proto"
            + " message, or packed or compressed",
        "00000000ffffffff                  | 1 segment, 34,359,738,368 bytes with the frame:"
            + " 34,359,738,360 are missing"
      })
  void saysWhatTheFrameSays(String hex, String words) {
    assertThat(FrameView.of(HexFormat.of().parseHex(hex))).isEqualTo(words);
  }
}
