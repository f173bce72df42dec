package io.sluice.bench.soak;

import io.sluice.bench.Svg;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.annotations.XYTitleAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.Marker;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * The picture of a soak: rows, buffer, heap and age of the oldest row, and what Kafka deleted,
 * above each other on one time axis.
 */
final class SoakPlot {
  private static final Color BLUE = new Color(0x0072b2);
  private static final Color ORANGE = new Color(0xd55e00);
  private static final Color GREEN = new Color(0x009e73);
  private static final Color GREY = new Color(0x9aa5b1);
  private static final Color BAND = new Color(0xfbe3dc);
  private static final Color RED = new Color(0xaa0000);
  private static final BasicStroke DASHES =
      new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {4, 3}, 0);
  private static final double MIB = 1 << 20;
  private static final double SECONDS_PER_MINUTE = 60;
  private static final int WIDTH = 960;
  private static final int PANEL = 190;
  private static final double LEGEND_SHARE = 0.3;

  /** A limit further away than this would press the line to the ground. */
  private static final double NEAR = 4;

  private final SoakResult result;
  private final List<Sample> samples;
  private final CombinedDomainXYPlot panels =
      new CombinedDomainXYPlot(new NumberAxis("minutes since the first record"));

  SoakPlot(SoakResult result, List<Sample> samples) {
    this.result = result;
    this.samples = samples;
  }

  String svg() {
    JFreeChart chart = chart();
    return Svg.of(chart, WIDTH, PANEL * panels.getSubplots().size() + PANEL / 2);
  }

  JFreeChart chart() {
    records();
    buffer();
    heap();
    line(panel("Oldest unsent row, s"), "age", ORANGE, s -> s.get(Figure.OLDEST_UNSENT_SECONDS));
    if (result.outage() != null) {
      kafka();
    }
    markers();
    return Svg.chart(
        "%,d records in %,.0f minutes: lost %,d, duplicated %,d"
            .formatted(
                result.produced(),
                result.durationSeconds() / SECONDS_PER_MINUTE,
                result.lost(),
                result.duplicated()),
        "%,.0f records/s, proxy %s, Kafka keeps %,.0f s"
            .formatted(
                result.recordsPerSecond(), result.proxyRate(), result.kafkaRetentionSeconds()),
        panels);
  }

  private void records() {
    XYPlot panel = panel("Records, thousands");
    line(panel, "acknowledged by Kafka", GREY, s -> s.get(Figure.PRODUCED) / 1e3);
    line(panel, "rows in http_log", BLUE, s -> s.get(Figure.STORED) / 1e3);
  }

  private void buffer() {
    double limit = result.buffer().limitBytes();
    boolean near = limit <= NEAR * result.buffer().peakBytes();
    String away = near ? "" : " (limit %,.0f MiB, off the scale)".formatted(limit / MIB);
    XYPlot panel = panel("Job's buffer, MiB");
    line(
        panel, "open and frozen, compressed" + away, BLUE, s -> s.get(Figure.BUFFERED_BYTES) / MIB);
    if (near) {
      line(panel, "limit", ORANGE, s -> limit / MIB);
    }
  }

  private void heap() {
    SoakResult.Heap heap = result.heap();
    String name = heap.fullCollectionsOnly() ? "after a full collection" : "after a collection";
    if (heap.collections() > 0) {
      name += " (slope %+.1f%% an hour)".formatted(heap.floorPercentPerHour());
    }
    XYPlot panel = panel("TaskManager's heap, MiB");
    line(panel, "in use", GREY, s -> s.get(Figure.HEAP_USED_BYTES) / MIB);
    line(panel, name, BLUE, s -> s.get(Figure.HEAP_FLOOR_BYTES) / MIB);
  }

  private void kafka() {
    XYPlot panel = panel("In Kafka, thousands");
    line(panel, "messages not in a checkpoint", GREEN, s -> s.get(Figure.KAFKA_UNCOVERED) / 1e3);
    line(panel, "of those, deleted", ORANGE, s -> s.get(Figure.KAFKA_DELETED_UNCOVERED) / 1e3);
  }

  private XYPlot panel(String title) {
    NumberAxis axis = new NumberAxis(title);
    axis.setUpperMargin(LEGEND_SHARE);
    axis.setAutoRangeMinimumSize(0.1);
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    renderer.setDrawSeriesLineAsPath(true);
    XYPlot panel = new XYPlot(new XYSeriesCollection(), null, axis, renderer);
    Svg.plain(panel);
    panel.addAnnotation(
        new XYTitleAnnotation(0.99, 0.97, new LegendTitle(panel), RectangleAnchor.TOP_RIGHT));
    panels.add(panel);
    return panel;
  }

  private void line(XYPlot panel, String name, Color colour, ToDoubleFunction<Sample> value) {
    XYSeriesCollection lines = (XYSeriesCollection) panel.getDataset();
    XYSeries line = new XYSeries(name);
    for (Sample sample : samples) {
      line.add(sample.get(Figure.SECONDS) / SECONDS_PER_MINUTE, value.applyAsDouble(sample), false);
    }
    lines.addSeries(line);
    panel.getRenderer().setSeriesPaint(lines.getSeriesCount() - 1, colour);
    panel.getRenderer().setSeriesStroke(lines.getSeriesCount() - 1, new BasicStroke(2));
  }

  private void markers() {
    double zero = 0;
    if (result.outage() != null) {
      zero = result.outage().at();
      double end = zero + result.outage().length();
      mark(
          new IntervalMarker(zero / SECONDS_PER_MINUTE, end / SECONDS_PER_MINUTE, BAND),
          Layer.BACKGROUND);
      label(zero, "ClickHouse is away", 0);
    }
    moment(zero, result.timeline().secondsToBuffer70(), "buffer at 70%", 1);
    moment(zero, result.timeline().secondsToHeld(), "source held", 2);
    moment(zero, result.timeline().secondsToDeletedUnread(), "Kafka deletes unread messages", 3);
  }

  private void moment(double zero, Double at, String label, int line) {
    if (at != null) {
      mark(new ValueMarker((zero + at) / SECONDS_PER_MINUTE, RED, DASHES), Layer.FOREGROUND);
      label(zero + at, label, line);
    }
  }

  private void mark(Marker marker, Layer layer) {
    marker.setAlpha(1);
    for (XYPlot panel : panels.getSubplots()) {
      panel.addDomainMarker(marker, layer);
    }
  }

  /**
   * In the first panel, where the lower right corner is empty.
   *
   * @param line from below, so that labels do not cover each other
   */
  private void label(double seconds, String text, int line) {
    XYTextAnnotation label =
        new XYTextAnnotation(
            " " + text, seconds / SECONDS_PER_MINUTE, result.produced() / 1e3 * line / 8);
    label.setTextAnchor(TextAnchor.BOTTOM_LEFT);
    label.setPaint(RED);
    panels.getSubplots().get(0).addAnnotation(label);
  }
}
