package io.sluice.bench.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DataSetTest {
  private static final long MIDNIGHT = 1_790_000_000L / 86_400 * 86_400;

  @Test
  void everyRankIsANetworkOfItsOwn() {
    Set<Long> networks = new HashSet<>();
    for (long rank = 1; rank < DataSet.NETWORKS; rank++) {
      networks.add(DataSet.network(rank));
    }

    assertThat(networks).hasSize(DataSet.NETWORKS - 1);
    assertThat(networks).filteredOn(key -> key >> 49 == 1).hasSize(DataSet.NETWORKS / 5 - 1);
    assertThat(networks).allMatch(key -> key >> 48 == 1 || key >> 36 == 0x22a0);
  }

  @Test
  void endsWithAFullMinute() {
    assertThatThrownBy(() -> new DataSet(1_000, 1, MIDNIGHT + 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("full minute");
  }

  @Test
  void aSeedAlwaysAsksForTheSameValuesFromPopularToRare() {
    List<Map<Dimension, String>> picks = new FilterValues(7).pick();

    assertThat(new FilterValues(7).pick()).isEqualTo(picks);
    assertThat(picks).hasSize(5).allMatch(pick -> pick.size() == 4);
    assertThat(picks)
        .extracting(pick -> pick.get(Dimension.RESPONSE_STATUS))
        .startsWith("200", "404", "504");
  }
}
