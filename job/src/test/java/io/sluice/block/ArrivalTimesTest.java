package io.sluice.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
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
  void agePercentilesAreLessThanASecondAboveTheExactOnes(
      @ForAll @NotEmpty List<@From("times") Long> times,
      @ForAll @IntRange(min = 1, max = 1000) int perMille) {
    long[] ages = times.stream().mapToLong(t -> NOW - t).sorted().toArray();
    // Nearest rank in whole numbers: the first that perMille thousandths of all do not exceed.
    int rank = (perMille * ages.length + 999) / 1000;
    long exact = ages[rank - 1];
    assertThat(arrivals(times).agePercentileMilli(perMille / 10.0, NOW))
        .isBetween(exact, exact + 999);
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
  void tellsTheMiddleAndTheOldestAge() {
    ArrivalTimes arrivals = arrivals(List.of(NOW - 1_000, NOW - 30_000, NOW - 2_000));
    assertThat(arrivals.agePercentileMilli(50, NOW)).isEqualTo(2_000);
    assertThat(arrivals.agePercentileMilli(100, NOW)).isEqualTo(30_000);
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
  void refusesAnEmptyRangeAndAPercentileOutOfRange() {
    ArrivalTimes one = arrivals(List.of(NOW));
    assertThatIllegalArgumentException().isThrownBy(() -> ArrivalTimes.of(new long[3], 2, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> ArrivalTimes.merge(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> one.agePercentileMilli(0, NOW));
    assertThatIllegalArgumentException().isThrownBy(() -> one.agePercentileMilli(100.1, NOW));
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
