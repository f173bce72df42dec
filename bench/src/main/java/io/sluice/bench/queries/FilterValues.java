package io.sluice.bench.queries;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What the filters of a question are compared with: the same for the same seed.
 *
 * <p>Popular, middle and rare values of {@link DataSet}, by their rank there.
 */
final class FilterValues {
  private enum Popularity {
    POPULAR,
    MIDDLE,
    RARE
  }

  private static final int MIXTURES = 2;

  private final SplittableRandom random;

  FilterValues(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /**
   * Literals for every dimension, several times: once all popular, once all middle, once all rare,
   * and mixed.
   */
  List<Map<Split.Dimension, String>> pick() {
    List<Map<Split.Dimension, String>> picks = new ArrayList<>();
    for (Popularity all : Popularity.values()) {
      picks.add(values(all, all, all, all));
    }
    for (int i = 0; i < MIXTURES; i++) {
      picks.add(values(any(), any(), any(), any()));
    }
    return List.copyOf(picks);
  }

  private Popularity any() {
    return Popularity.values()[random.nextInt(Popularity.values().length)];
  }

  private Map<Split.Dimension, String> values(
      Popularity resource, Popularity status, Popularity cache, Popularity network) {
    Map<Split.Dimension, String> values = new EnumMap<>(Split.Dimension.class);
    values.put(Split.Dimension.RESOURCE_ID, Long.toString(DataSet.resourceId(resource(resource))));
    values.put(Split.Dimension.RESPONSE_STATUS, oneOf(status, "200", "404", "504"));
    values.put(Split.Dimension.CACHE_STATUS, oneOf(cache, "'HIT'", "'EXPIRED'", "'UPDATING'"));
    values.put(Split.Dimension.NETWORK, Long.toString(DataSet.network(network(network))));
    return Map.copyOf(values);
  }

  private long resource(Popularity popularity) {
    return switch (popularity) {
      case POPULAR -> random.nextLong(1, 4);
      case MIDDLE -> random.nextLong(50, 100);
      case RARE -> random.nextLong(2_000, DataSet.RESOURCES);
    };
  }

  private long network(Popularity popularity) {
    return switch (popularity) {
      case POPULAR -> random.nextLong(1, 6);
      case MIDDLE -> random.nextLong(200, 700);
      case RARE -> random.nextLong(50_000, DataSet.NETWORKS);
    };
  }

  private static String oneOf(Popularity popularity, String popular, String middle, String rare) {
    return switch (popularity) {
      case POPULAR -> popular;
      case MIDDLE -> middle;
      case RARE -> rare;
    };
  }
}
