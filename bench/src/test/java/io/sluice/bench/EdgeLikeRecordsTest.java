package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.httplog.HttpLogRecord;
import java.util.HexFormat;
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

  /** Expected is what {@code capnp encode} of Cap'n Proto 0.9 gives for the same record. */
  @Test
  void writesTheBytesThatTheReferenceImplementationWrites() {
    HttpLogRecord record = new HttpLogRecord();
    record.timestampEpochMilli = 1;
    record.resourceId = -1;
    record.bytesSent = 2;
    record.requestTimeMilli = 3;
    record.responseStatus = 200;
    record.cacheStatus.set("HIT");
    record.method.set("OPTIONS");
    record.remoteAddr.set("1.2.3.4");
    record.url.set("/");
    assertThat(HexFormat.of().formatHex(HttpLogMessage.of(record)))
        .isEqualTo(
            "000000000e0000000000000005000400"
                + "0100000000000000ffffffffffffffff"
                + "02000000000000000300000000000000"
                + "c8000000000000000d00000022000000"
                + "0d000000420000000d00000042000000"
                + "0d000000120000004849540000000000"
                + "4f5054494f4e5300312e322e332e3400"
                + "2f00000000000000");
  }

  private static byte[][] messages(long seed) {
    EdgeLikeRecords generator = new EdgeLikeRecords(seed);
    return Stream.generate(generator::next)
        .limit(10_000)
        .map(HttpLogMessage::of)
        .toArray(byte[][]::new);
  }
}
