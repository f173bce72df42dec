package io.sluice.sandbox.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrometheusVariablesTest {
  private static final String EXPRESSION = "x{job_name=~\"$job\",subtask_index=~\"$lane\"}";

  @Test
  void allIsAnything() {
    assertThat(new PrometheusVariables(Map.of()).fill(EXPRESSION))
        .isEqualTo("x{job_name=~\".*\",subtask_index=~\".*\"}");
  }

  @Test
  void chosenValuesAreARegularExpressionOfThemselves() {
    assertThat(
            new PrometheusVariables(Map.of("job", List.of("a.b"), "lane", List.of("0", "1")))
                .fill(EXPRESSION))
        .isEqualTo("x{job_name=~\"a\\\\.b\",subtask_index=~\"(0|1)\"}");
  }

  @Test
  void theGroupOfALabelReplaceIsNoVariable() {
    String expression = "label_replace(x, \"a\", \"$1\", \"b\", \"(.+)\")";

    assertThat(new PrometheusVariables(Map.of()).fill(expression)).isEqualTo(expression);
  }

  @Test
  void refusesAVariableThatItDoesNotKnow() {
    assertThatThrownBy(() -> new PrometheusVariables(Map.of()).fill("rate(x[$__rate_interval])"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
