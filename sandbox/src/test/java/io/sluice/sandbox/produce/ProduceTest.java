package io.sluice.sandbox.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.ops.audit.Ledger;
import io.sluice.ops.audit.ProducedRun;
import io.sluice.ops.audit.TraceId;
import io.sluice.schema.HttpLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.capnproto.ReaderOptions;
import org.capnproto.Serialize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProduceTest {
  @TempDir Path dir;

  @Test
  void theSameSeedGivesTheSameTraffic() {
    List<EdgeRequest> traffic = traffic(7);

    assertThat(traffic(7)).isEqualTo(traffic);
    assertThat(traffic(8)).doesNotContain(traffic.get(0));
  }

  private static List<EdgeRequest> traffic(long seed) {
    EdgeTraffic traffic = new EdgeTraffic(seed);
    return IntStream.range(0, 100).mapToObj(time -> traffic.next(time, "")).toList();
  }

  @Test
  void aMessageDecodesToTheRequestItWasMadeOf() throws IOException {
    EdgeRequest request =
        new EdgeTraffic(1).next(1_700_000_000_123L, new TraceId(3, 42).toString());

    HttpLog.HttpLogRecord.Reader read =
        Serialize.read(
                ByteBuffer.wrap(HttpLogMessage.encode(request)),
                ReaderOptions.DEFAULT_READER_OPTIONS)
            .getRoot(HttpLog.HttpLogRecord.factory);

    assertThat(
            new EdgeRequest(
                read.getTimestampEpochMilli(),
                read.getResourceId(),
                read.getBytesSent(),
                read.getRequestTimeMilli(),
                Short.toUnsignedInt(read.getResponseStatus()),
                read.getCacheStatus().toString(),
                read.getMethod().toString(),
                read.getRemoteAddr().toString(),
                read.getUrl().toString()))
        .isEqualTo(request);
    assertThat(request.url()).endsWith("?r=3-42");
  }

  /** Expected is what {@code capnp encode} of Cap'n Proto 0.9 gives for the same record. */
  @Test
  void aMessageHasTheBytesThatTheReferenceImplementationWrites() {
    EdgeRequest request = new EdgeRequest(1, -1, 2, 3, 200, "HIT", "OPTIONS", "1.2.3.4", "/");

    assertThat(HexFormat.of().formatHex(HttpLogMessage.encode(request)))
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

  @Test
  void malformedMessagesCannotBeRead() {
    EdgeRequest request = new EdgeTraffic(1).next(0, "");

    for (int kind = 0; kind < 3; kind++) {
      ByteBuffer message = ByteBuffer.wrap(HttpLogMessage.malformed(kind, request));
      assertThatThrownBy(() -> Serialize.read(message, ReaderOptions.DEFAULT_READER_OPTIONS))
          .isNotNull();
    }
  }

  @Test
  void malformedOnesAreSpreadEvenlyAndExactlyAsMany() {
    ProduceOptions options = ProduceOptions.records(1_000).withMalformed(7);

    long[] places = LongStream.range(0, 1_000).filter(options::isMalformed).toArray();

    assertThat(places).hasSize(7);
    assertThat(IntStream.range(1, 7).map(i -> (int) (places[i] - places[i - 1])))
        .allMatch(gap -> gap == 142 || gap == 143);
  }

  @Test
  void theRateSaysHowManyAreDue() {
    ProduceOptions steady = ProduceOptions.records(1_000).withRate(100);

    assertThat(steady.dueAfter(0)).isEqualTo(1);
    assertThat(steady.dueAfter(2_000_000_000L)).isEqualTo(201);
    assertThat(steady.dueAfter(60_000_000_000L)).isEqualTo(1_000);
    assertThat(ProduceOptions.records(1_000).dueAfter(0)).isEqualTo(1_000);
  }

  @Test
  void aDelayIsTheTimeBetweenTwoRecords() {
    ProduceOptions everyFiveSeconds =
        ProduceOptions.untilStopped(1).withDelay(Duration.ofSeconds(5));

    assertThat(everyFiveSeconds.dueAfter(4_999_000_000L)).isEqualTo(1);
    assertThat(everyFiveSeconds.dueAfter(5_001_000_000L)).isEqualTo(2);
    assertThat(everyFiveSeconds.dueAfter(60_001_000_000L)).isEqualTo(13);
    assertThat(ProduceOptions.records(7).withDelay(Duration.ZERO).dueAfter(0)).isEqualTo(7);
  }

  @Test
  void moreMalformedThanRecordsIsRefused() {
    assertThatThrownBy(() -> ProduceOptions.records(3).withMalformed(4))
        .hasMessage("malformed is 4, must be 0 to the number of records, 3");
  }

  @Test
  void everyRunGetsAPlaceOfItsOwnInTheLedger() {
    Path file = dir.resolve("produced.json");
    ProducedRun first = Ledger.open(file, 1, true);
    ProducedRun second = Ledger.open(file, 1, true);

    Ledger.update(file, new ProducedRun(1, 1, 5, 5, 0, 50, List.of(), true, true, 0));

    assertThat(first.run()).isEqualTo(1);
    assertThat(second.run()).isEqualTo(2);
    assertThat(Ledger.read(file).runs())
        .hasSize(2)
        .anyMatch(run -> run.run() == 1 && run.finished() && run.bytesSent() == 50)
        .anyMatch(run -> run.run() == 2 && !run.finished());
  }
}
