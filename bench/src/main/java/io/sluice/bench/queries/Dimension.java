package io.sluice.bench.queries;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What totals can be filtered and grouped by, in the order that {@code traffic_top} wants. */
enum Dimension {
  RESOURCE_ID,
  RESPONSE_STATUS,
  CACHE_STATUS,
  NETWORK;

  /** The column's name, in {@code http_log} as in {@code traffic}. */
  String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Their columns in the order of this enum. */
  static String columns(Collection<Dimension> dimensions, String separator) {
    return dimensions.stream()
        .sorted()
        .map(Dimension::column)
        .collect(Collectors.joining(separator));
  }

  /** All 16 combinations, none at all among them. */
  static List<Set<Dimension>> combinations() {
    List<Set<Dimension>> combinations = new ArrayList<>();
    combinations.add(EnumSet.noneOf(Dimension.class));
    for (Dimension dimension : values()) {
      for (Set<Dimension> without : List.copyOf(combinations)) {
        Set<Dimension> with = EnumSet.copyOf(without);
        with.add(dimension);
        combinations.add(with);
      }
    }
    return combinations;
  }
}
