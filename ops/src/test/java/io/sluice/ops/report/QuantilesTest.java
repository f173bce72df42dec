package io.sluice.ops.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class QuantilesTest {
  @Test
  void aQuantileIsTheNearestRank() {
    Quantiles hundred = new Quantiles(IntStream.rangeClosed(1, 100).asDoubleStream().toArray());

    assertThat(hundred.at(0.5)).isEqualTo(50);
    assertThat(hundred.at(0.95)).isEqualTo(95);
    assertThat(hundred.at(0.99)).isEqualTo(99);
    assertThat(hundred.at(1)).isEqualTo(100);
    assertThat(hundred.largest()).isEqualTo(100);
  }

  @Test
  void withTwentyValuesTheSlowestAloneDoesNotDecideTheP95() {
    double[] values = IntStream.rangeClosed(1, 20).asDoubleStream().toArray();
    values[19] = 1_000_000;

    assertThat(new Quantiles(values).at(0.95)).isEqualTo(19);
    assertThat(new Quantiles(values).at(0.99)).isEqualTo(1_000_000);
  }

  @Test
  void theMedianIsThatOfAFigureAndDoesNotDependOnTheOrder() {
    assertThat(Quantiles.median(List.of("ccc", "a", "bb"), String::length)).isEqualTo(2);
  }

  @Property
  void aQuantileIsAValueThatItsShareDoesNotExceed(
      @ForAll @Size(min = 1, max = 50) List<@DoubleRange(min = -1e6, max = 1e6) Double> values,
      @ForAll @DoubleRange(min = 0.01, max = 1) double share) {
    double quantile =
        new Quantiles(values.stream().mapToDouble(Double::doubleValue).toArray()).at(share);

    assertThat(values).contains(quantile);
    assertThat(values.stream().filter(value -> value <= quantile).count())
        .isGreaterThanOrEqualTo((long) Math.floor(share * values.size()));
    assertThat(values.stream().filter(value -> value < quantile).count())
        .isLessThan((long) Math.ceil(share * values.size()));
  }

  @Test
  void nothingHasNoQuantileAndNoShareIsAboveOne() {
    assertThatThrownBy(Quantiles::new).hasMessageContaining("values");
    assertThatThrownBy(() -> new Quantiles(1).at(1.1)).hasMessageContaining("share is 1.1");
    assertThatThrownBy(() -> new Quantiles(1).at(0)).hasMessageContaining("share is 0.0");
  }
}
