package io.sluice.sandbox.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InterpolationTest {
  private static final String FILTER = "WHERE $__conditionalAll(f(a, b) IN (${v:singlequote}), $v)";

  @Test
  void dropsTheConditionOfAVariableThatHasAll() {
    assertThat(new Interpolation(1, 2, Map.of()).fill(FILTER + " AND x"))
        .isEqualTo("WHERE 1=1 AND x");
  }

  @Test
  void keepsTheConditionAndQuotesTheChosenValues() {
    Interpolation chosen = new Interpolation(1, 2, Map.of("v", List.of("one", "it's")));

    assertThat(chosen.fill(FILTER + " AND x")).isEqualTo("WHERE f(a, b) IN ('one','it\\'s') AND x");
  }

  @Test
  void fillsTheRangeInAsSeconds() {
    assertThat(
            new Interpolation(100, 200, Map.of())
                .fill("${__from:date:seconds}-${__to:date:seconds}"))
        .isEqualTo("100-200");
  }

  @Test
  void refusesAVariableThatHasAllOutsideOfTheMacro() {
    assertThatThrownBy(() -> new Interpolation(1, 2, Map.of()).fill("x IN (${v:singlequote})"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("${v:singlequote}");
  }

  @Test
  void refusesAConditionThatThePluginWouldSplit() {
    assertThatThrownBy(() -> new Interpolation(1, 2, Map.of()).fill("$__conditionalAll('a,b', $v)"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
