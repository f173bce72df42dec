package io.sluice.clickhouse.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class ArrivalTimesTest {
  private static final long NOW = 1_790_000_000_000L;

  @Property
  void mergingIsTheSameAsCountingAllRowsTogether(
      @ForAll @NotEmpty List<@NotEmpty List<@From("times") Long>> parts) {
    ArrivalTimes merged =
        ArrivalTimes.merge(parts.stream().map(ArrivalTimesTest::arrivals).toList());
    assertThat(merged).isEqualTo(arrivals(parts.stream().flatMap(List::stream).toList()));
  }

  @Property
  void countsTheRowsOfEachSecondInOrder(@ForAll @NotEmpty List<@From("times") Long> times) {
    Map<Long, Long> expected = new TreeMap<>();
    times.forEach(time -> expected.merge(Math.floorDiv(time, 1000L), 1L, Long::sum));
    Map<Long, Long> counted = new LinkedHashMap<>();
    arrivals(times).forEachSecond(counted::put);
    assertThat(counted).containsExactlyEntriesOf(expected);
  }

  @Property
  void keepsTheOldestToTheMillisecondAndTheNumberOfRows(
      @ForAll @NotEmpty List<@From("times") Long> times) {
    ArrivalTimes arrivals = arrivals(times);
    assertThat(arrivals.rowCount()).isEqualTo(times.size());
    assertThat(arrivals.oldestEpochMilli())
        .isEqualTo(times.stream().mapToLong(Long::longValue).min().orElseThrow());
  }

  @Property
  void comesBackFromItsBinaryForm(@ForAll @NotEmpty List<Long> times) throws IOException {
    ArrivalTimes arrivals = arrivals(times);
    assertThat(read(written(arrivals))).isEqualTo(arrivals);
  }

  @Test
  void takesFewBytesForABlockOfOneSecond() throws IOException {
    long[] times = new long[10_000];
    Arrays.fill(times, NOW);
    assertThat(written(ArrivalTimes.of(times, 0, times.length))).hasSizeLessThan(20);
  }

  @Test
  void countsOnlyTheRowsOfTheRange() {
    long[] times = {1_000, 2_000, 3_000, 4_000};
    assertThat(ArrivalTimes.of(times, 1, 3)).isEqualTo(arrivals(List.of(2_000L, 3_000L)));
  }

  @Test
  void refusesToBeOfNoRows() {
    assertThatIllegalArgumentException().isThrownBy(() -> ArrivalTimes.of(new long[3], 2, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> ArrivalTimes.merge(List.of()));
  }

  @Test
  void refusesBytesThatEndEarlyOrCountNoRows() throws IOException {
    byte[] bytes = written(arrivals(List.of(1_000L, 5_000L)));
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(cut));
    }
    bytes[bytes.length - 1] = 0;
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> read(bytes))
        .withMessageContaining("corrupt arrival times");
  }

  @Provide
  Arbitrary<Long> times() {
    return Arbitraries.longs().between(NOW - 90_000, NOW + 5_000);
  }

  private static ArrivalTimes arrivals(List<Long> times) {
    return ArrivalTimes.of(times.stream().mapToLong(Long::longValue).toArray(), 0, times.size());
  }

  private static byte[] written(ArrivalTimes arrivals) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    arrivals.writeTo(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static ArrivalTimes read(byte[] bytes) throws IOException {
    return ArrivalTimes.readFrom(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
