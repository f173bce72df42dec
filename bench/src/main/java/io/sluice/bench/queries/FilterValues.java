package io.sluice.bench.queries;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What the filters of a question are compared with: the same for the same seed.
 *
 * <p>Popular, middle and rare values of {@link DataSet}, by their rank there.
 */
final class FilterValues {
  private static final int POPULARITIES = 3;
  private static final int MIXTURES = 2;

  /** First rank and the one after the last of the popular, the middle and the rare. */
  private static final int[][] RESOURCES = {{1, 4}, {50, 100}, {2_000, DataSet.RESOURCES}};

  private static final int[][] NETWORKS = {{1, 6}, {200, 700}, {50_000, DataSet.NETWORKS}};
  private static final List<String> STATUSES = List.of("200", "404", "504");
  private static final List<String> CACHES = List.of("'HIT'", "'EXPIRED'", "'UPDATING'");

  private final SplittableRandom random;

  FilterValues(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /**
   * Literals for every dimension, several times: once all popular, once all middle, once all rare,
   * and mixed.
   */
  List<Map<Dimension, String>> pick() {
    List<Map<Dimension, String>> picks = new ArrayList<>();
    for (int all = 0; all < POPULARITIES; all++) {
      picks.add(values(all, all, all, all));
    }
    for (int i = 0; i < MIXTURES; i++) {
      picks.add(values(any(), any(), any(), any()));
    }
    return picks;
  }

  private int any() {
    return random.nextInt(POPULARITIES);
  }

  private Map<Dimension, String> values(int resource, int status, int cache, int network) {
    long resourceRank = random.nextLong(RESOURCES[resource][0], RESOURCES[resource][1]);
    long networkRank = random.nextLong(NETWORKS[network][0], NETWORKS[network][1]);
    return Map.of(
        Dimension.RESOURCE_ID, Long.toString(DataSet.resourceId(resourceRank)),
        Dimension.RESPONSE_STATUS, STATUSES.get(status),
        Dimension.CACHE_STATUS, CACHES.get(cache),
        Dimension.NETWORK, Long.toString(DataSet.network(networkRank)));
  }
}
