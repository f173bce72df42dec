package io.sluice.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {
  @Test
  void aLineHasAFieldPerColumnAndNothingForWhatIsNotKnown() {
    List<String> lines = Sample.csv(List.of(Samples.at(10.25, 600))).lines().toList();

    assertThat(lines).hasSize(2);
    List<String> names = List.of(lines.get(0).split(",", -1));
    List<String> values = List.of(lines.get(1).split(",", -1));
    assertThat(values).hasSameSizeAs(names);
    assertThat(values.get(names.indexOf("seconds"))).isEqualTo("10.250");
    assertThat(values.get(names.indexOf("produced"))).isEqualTo("605");
    assertThat(values.get(names.indexOf("buffered_bytes"))).isEqualTo("2097152");
    assertThat(values.get(names.indexOf("buffer_limit_share"))).isEqualTo("0.250");
    assertThat(values.get(names.indexOf("source_held"))).isEqualTo("1");
    assertThat(values.get(names.indexOf("heap_floor_bytes"))).isEmpty();
    assertThat(values.get(names.indexOf("latency_p99_seconds"))).isEmpty();
  }

  @Test
  void longRunsAreThinned() {
    List<Sample> samples = IntStream.range(0, 1_001).mapToObj(i -> Samples.at(i, i)).toList();

    List<String> lines = Sample.csv(samples).lines().toList();

    assertThat(lines).hasSize(1 + 334);
    assertThat(lines.get(2)).startsWith("3,");
  }
}
