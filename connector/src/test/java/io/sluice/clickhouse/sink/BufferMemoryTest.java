package io.sluice.clickhouse.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.http.Authorities;
import io.sluice.clickhouse.http.Endpoint;
import io.sluice.clickhouse.http.InsertStatement;
import io.sluice.clickhouse.http.Timeouts;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BufferMemoryTest {
  private static final long MIB = 1L << 20;
  private static final long WHAT_FITS = SinkSettings.WHAT_FITS;

  private BufferMemory memory = new BufferMemory(1000 * MIB);

  @Test
  void theLanesOfAllSinksShareAFifthOfTheHeap() {
    BufferMemory.Share first = open("clicks", WHAT_FITS);
    assertLimits(200, first);

    BufferMemory.Share second = open("clicks", WHAT_FITS);
    BufferMemory.Share ofAnotherSink = open("totals", WHAT_FITS);
    BufferMemory.Share thatWantsMore = open("events", 5000 * MIB);
    assertLimits(50, first, second, ofAnotherSink, thatWantsMore);

    second.close();
    thatWantsMore.close();
    assertLimits(100, first, ofAnotherSink);
  }

  @Test
  void aSmallLimitIsKeptAndLeavesTheRestToOthers() {
    BufferMemory.Share large = open("clicks", WHAT_FITS);
    BufferMemory.Share alsoLarge = open("events", 190 * MIB);
    BufferMemory.Share small = open("totals", 20 * MIB);

    assertLimits(20, small);
    assertLimits(90, large, alsoLarge);
  }

  @Test
  void limitsThatFitTogetherAreKept() {
    BufferMemory.Share large = open("clicks", 150 * MIB);
    BufferMemory.Share small = open("totals", 50 * MIB);

    assertLimits(150, large);
    assertLimits(50, small);
  }

  @Test
  void ofALargeHeapALaneTakesMoreThanAGibibyteOnlyWhenAsked() {
    memory = new BufferMemory(100_000 * MIB);

    assertLimits(1024, open("clicks", WHAT_FITS));
    assertLimits(5000, open("events", 5000 * MIB));
  }

  @Test
  void aRequestFitsHoweverSmallTheHeap() {
    memory = new BufferMemory(4 * MIB);

    assertLimits(1, open("clicks", WHAT_FITS), open("clicks", WHAT_FITS), open("events", 7 * MIB));
  }

  @Test
  void saysWhichTablesMayBufferHowMuchOfWhatTheyAskedFor() {
    open("totals", WHAT_FITS);
    assertThat(memory.warning()).isEmpty();

    open("clicks", 300 * MIB);

    assertThat(memory.warning().orElseThrow())
        .startsWith("A heap of %d bytes takes buffers of %d".formatted(1000 * MIB, 200 * MIB))
        .contains("db.clicks %d bytes (of %d)".formatted(100 * MIB, 300 * MIB))
        .contains("db.totals %d bytes (of what fits)".formatted(100 * MIB))
        .contains("raise taskmanager.memory.process.size")
        .contains("lower maxBufferSize");
  }

  private BufferMemory.Share open(String table, long maxBufferBytes) {
    return memory.open(
        new SinkSettings(
            List.of(
                new Endpoint(
                    URI.create("http://a:1"), "", "", Timeouts.DEFAULT, Authorities.OF_THE_JVM)),
            new InsertStatement("db", table, List.of("url"), Map.of()),
            Duration.ofMinutes(1),
            MIB,
            maxBufferBytes));
  }

  private static void assertLimits(long mebibytes, BufferMemory.Share... shares) {
    assertThat(Stream.of(shares).map(BufferMemory.Share::limitBytes)).containsOnly(mebibytes * MIB);
  }
}
