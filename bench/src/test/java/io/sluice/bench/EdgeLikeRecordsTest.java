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

  @Test
  void masksOnlyAnonymousAddresses() {
    EdgeLikeRecords generator = new EdgeLikeRecords(1);
    assertThat(generator.next().remoteAddr.toString()).matches("(\\d{1,3}\\.){3}\\d{1,3}");
    assertThat(generator.nextAnonymous().remoteAddr.toString()).matches("(\\d{1,3}\\.){3}X");
  }

  private static byte[][] messages(long seed) {
    EdgeLikeRecords generator = new EdgeLikeRecords(seed);
    return Stream.generate(generator::nextMessage).limit(10_000).toArray(byte[][]::new);
  }
}
