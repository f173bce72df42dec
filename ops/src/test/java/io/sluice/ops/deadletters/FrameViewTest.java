package io.sluice.ops.deadletters;

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
    assertThat(FrameView.of(HexFormat.of().parseHex(hex))).isEqualTo(words);
  }
}
