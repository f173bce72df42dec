package io.sluice.bench.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The picture of a soak: rows, buffer, heap and age of the oldest row, and what Kafka deleted. */
final class SoakPlot {
  private static final String BLUE = "#0072b2";
  private static final String ORANGE = "#d55e00";
  private static final String GREEN = "#009e73";
  private static final String GREY = "#9aa5b1";
  private static final double MIB = 1 << 20;
  private static final double THOUSAND = 1_000;

  /** A limit further away than this would press the line to the ground. */
  private static final double NEAR = 4;

  private SoakPlot() {}

  static TimePlot of(SoakResult result, List<Sample> samples) {
    List<Panel> panels = new ArrayList<>();
    panels.add(
        panel(
            "Records, thousands",
            "",
            line("acknowledged by Kafka", GREY, 3, samples, s -> s.rows().produced() / THOUSAND),
            line("rows in http_log", BLUE, 1.6, samples, s -> s.rows().stored() / THOUSAND)));
    panels.add(buffer(result, samples));
    panels.add(
        panel(
            "TaskManager's heap, MiB",
            heapNote(result),
            line("in use", GREY, 1.2, samples, s -> s.memory().heapUsed() / MIB),
            line("after a collection", BLUE, 2.2, samples, s -> s.memory().heapFloor() / MIB)));
    panels.add(
        panel(
            "Oldest row not acknowledged, seconds",
            "",
            line("age", ORANGE, 1.6, samples, s -> s.buffer().oldestUnsentSeconds())));
    if (result.outage() != null) {
      panels.add(
          panel(
              "Messages in Kafka, thousands",
              "",
              line("not in a checkpoint", GREEN, 1.6, samples, s -> s.kafka().uncovered() / 1e3),
              line(
                  "of those, deleted",
                  ORANGE,
                  2.2,
                  samples,
                  s -> s.kafka().deletedUncovered() / 1e3)));
    }
    double seconds = samples.isEmpty() ? 1 : samples.get(samples.size() - 1).seconds();
    return new TimePlot(title(result), subtitle(result), panels, markers(result), seconds);
  }

  private static Panel buffer(SoakResult result, List<Sample> samples) {
    List<Series> series = new ArrayList<>();
    series.add(line("open and frozen", BLUE, 1.6, samples, s -> s.buffer().bytes() / MIB));
    String note = "";
    double limit = result.buffer().limitBytes();
    if (limit <= NEAR * result.buffer().peakBytes()) {
      series.add(line("limit", ORANGE, 1.6, samples, s -> limit / MIB));
    } else {
      note = String.format(Locale.ROOT, "limit %,.0f MiB, off the scale", limit / MIB);
    }
    return new Panel("Job's buffer, MiB compressed", series, note);
  }

  private static String heapNote(SoakResult result) {
    Double slope = result.heap().floorPercentPerHour();
    return slope == null || result.heap().collections() == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "%sslope %+.1f%% an hour",
            result.heap().fullCollectionsOnly() ? "full collections; " : "",
            slope);
  }

  private static Panel panel(String title, String note, Series... series) {
    return new Panel(title, List.of(series), note);
  }

  private static Series line(
      String name,
      String colour,
      double width,
      List<Sample> samples,
      ToDoubleFunction<Sample> value) {
    return new Series(
        name,
        colour,
        width,
        samples.stream().map(s -> new Point(s.seconds(), value.applyAsDouble(s))).toList());
  }

  private static List<Marker> markers(SoakResult result) {
    List<Marker> markers = new ArrayList<>();
    double zero = 0;
    if (result.outage() != null) {
      zero = result.outage().at();
      markers.add(new Marker(zero, zero + result.outage().length(), "ClickHouse is away"));
    }
    add(markers, zero, result.timeline().secondsToBuffer70(), "buffer at 70%");
    add(markers, zero, result.timeline().secondsToHeld(), "source held");
    add(markers, zero, result.timeline().secondsToDeletedUnread(), "Kafka deletes unread messages");
    return markers;
  }

  private static void add(List<Marker> markers, double zero, Double at, String label) {
    if (at != null) {
      markers.add(Marker.at(zero + at, label));
    }
  }

  private static String title(SoakResult result) {
    return String.format(
        Locale.ROOT,
        "%,d records in %,.0f minutes: lost %,d, duplicated %,d",
        result.produced(),
        result.durationSeconds() / 60,
        result.lost(),
        result.duplicated());
  }

  private static String subtitle(SoakResult result) {
    return String.format(
        Locale.ROOT,
        "%,.0f records/s, proxy %s, Kafka keeps %,.0f s",
        result.recordsPerSecond(),
        result.proxyRate(),
        result.kafkaRetentionSeconds());
  }
}
