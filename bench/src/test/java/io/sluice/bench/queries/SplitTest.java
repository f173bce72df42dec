package io.sluice.bench.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class SplitTest {
  @Test
  void thereAre81OfWhich16OnlyFilter15OnlyGroupAnd50DoBoth() {
    assertThat(Split.all()).hasSize(81).doesNotHaveDuplicates();
    assertThat(Split.onlyFilters()).hasSize(16).allMatch(split -> split.groups().isEmpty());
    assertThat(Split.onlyGroups()).hasSize(15).allMatch(split -> split.filters().isEmpty());
    assertThat(Split.mixed()).hasSize(50);
  }

  @Test
  void aDimensionHasOneRole() {
    assertThatThrownBy(
            () -> new Split(Set.of(Split.Dimension.NETWORK), Set.of(Split.Dimension.NETWORK)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NETWORK");
  }

  @Test
  void labelsNameGroupsWithinFilters() {
    assertThat(new Split(Set.of(), Set.of()).label()).isEqualTo("all");
    assertThat(
            new Split(Set.of(), Set.of(Split.Dimension.NETWORK, Split.Dimension.RESOURCE_ID))
                .label())
        .isEqualTo("resource_id, network");
    assertThat(
            new Split(Set.of(Split.Dimension.RESOURCE_ID), Set.of(Split.Dimension.NETWORK)).label())
        .isEqualTo("network | resource_id");
  }
}
