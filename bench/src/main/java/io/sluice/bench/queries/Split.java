package io.sluice.bench.queries;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a query does with each dimension: filters by it, groups by it, or leaves it out.
 *
 * @param filters compared with one value each
 * @param groups none of the filters
 */
record Split(Set<Dimension> filters, Set<Dimension> groups) {
  private static final int ROLES = 3;

  Split {
    filters = copy(filters);
    groups = copy(groups);
    if (!Collections.disjoint(filters, groups)) {
      throw new IllegalArgumentException(
          "groups are %s, must have none of the filters %s".formatted(groups, filters));
    }
  }

  private static Set<Dimension> copy(Set<Dimension> from) {
    EnumSet<Dimension> to = EnumSet.noneOf(Dimension.class);
    to.addAll(from);
    return Collections.unmodifiableSet(to);
  }

  /** All 81: three roles for each of four dimensions. */
  static List<Split> all() {
    List<Split> all = new ArrayList<>();
    Dimension[] dimensions = Dimension.values();
    for (int code = 0; code < Math.pow(ROLES, dimensions.length); code++) {
      EnumSet<Dimension> filters = EnumSet.noneOf(Dimension.class);
      EnumSet<Dimension> groups = EnumSet.noneOf(Dimension.class);
      int rest = code;
      for (Dimension dimension : dimensions) {
        switch (rest % ROLES) {
          case 1 -> filters.add(dimension);
          case 2 -> groups.add(dimension);
          default -> {}
        }
        rest /= ROLES;
      }
      all.add(new Split(filters, groups));
    }
    return all;
  }

  /** The 16 that only filter: charts over time. */
  static List<Split> onlyFilters() {
    return all().stream().filter(split -> split.groups.isEmpty()).toList();
  }

  /** The 15 that only group: the busiest of all. */
  static List<Split> onlyGroups() {
    return all().stream()
        .filter(split -> split.filters.isEmpty() && !split.groups.isEmpty())
        .toList();
  }

  /** The 50 that do both: the busiest within something. */
  static List<Split> mixed() {
    return all().stream()
        .filter(split -> !split.filters.isEmpty() && !split.groups.isEmpty())
        .toList();
  }

  /** Filters and groups together. */
  Set<Dimension> used() {
    EnumSet<Dimension> used = EnumSet.noneOf(Dimension.class);
    used.addAll(filters);
    used.addAll(groups);
    return used;
  }

  /**
   * For people: {@code resource_id}, or {@code network | resource_id} for network within resource.
   */
  String label() {
    String by = Dimension.columns(groups.isEmpty() ? filters : groups, ", ");
    if (by.isEmpty()) {
      return "all";
    }
    return groups.isEmpty() || filters.isEmpty()
        ? by
        : by + " | " + Dimension.columns(filters, ", ");
  }

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
  }
}
