package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EdgeLikeRecordsTest {
  @Test
  void givesTheSameMessagesForTheSameSeed() {
    assertThat(messages(1)).isDeepEqualTo(messages(1));
    assertThat(messages(2)[0]).isNotEqualTo(messages(1)[0]);
  }

  @Test
  void givesMessagesOfAbout184Bytes() {
    assertThat(Stream.of(messages(1)).mapToInt(m -> m.length).average().orElseThrow())
        .isBetween(176.0, 192.0);
  }

  private static byte[][] messages(long seed) {
    EdgeLikeRecords generator = new EdgeLikeRecords(seed);
    return Stream.generate(generator::nextMessage).limit(10_000).toArray(byte[][]::new);
  }
}
