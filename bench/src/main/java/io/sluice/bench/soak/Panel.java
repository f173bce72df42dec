package io.sluice.bench.soak;

import java.util.List;

/**
 * One of several plots above each other.
 *
 * @param title with the unit
 * @param note at the end of the legend; may be empty
 */
record Panel(String title, List<Series> series, String note) {
  Panel {
    series = List.copyOf(series);
  }

  double max() {
    return series.stream().mapToDouble(Series::max).max().orElse(0);
  }
}
