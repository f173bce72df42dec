package io.sluice.bench.soak;

import java.util.List;
import java.util.Locale;

/**
 * Panels above each other on one time axis, as SVG on a white ground, so that it can be read in
 * dark pages too.
 *
 * @param subtitle one line of what was run
 * @param markers go through all panels
 * @param seconds where the time axis ends
 */
record TimePlot(
    String title, String subtitle, List<Panel> panels, List<Marker> markers, double seconds) {
  private static final int WIDTH = 960;
  private static final int LEFT = 76;
  private static final int RIGHT = 24;
  private static final int TOP = 62;
  private static final int PANEL = 190;
  private static final int PANEL_HEAD = 34;
  private static final int PANEL_GAP = 14;
  private static final int BOTTOM = 48;
  private static final int Y_TICKS = 4;
  private static final int X_TICKS = 10;
  private static final double SECONDS_PER_MINUTE = 60;
  private static final int LEGEND_LINE = 22;
  private static final double LETTER = 6.3;

  TimePlot {
    panels = List.copyOf(panels);
    markers = List.copyOf(markers);
  }

  String svg() {
    int height = TOP + panels.size() * PANEL + BOTTOM;
    StringBuilder svg = new StringBuilder();
    add(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
            + " height=\"%d\" font-family=\"Helvetica, Arial, sans-serif\" font-size=\"12\""
            + " fill=\"#333\">",
        WIDTH,
        height,
        WIDTH,
        height);
    add(svg, "<title>%s</title>", escaped(title));
    add(svg, "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>", WIDTH, height);
    add(
        svg,
        "<text x=\"%d\" y=\"30\" font-size=\"18\" font-weight=\"bold\" fill=\"#111\">%s</text>",
        LEFT,
        escaped(title));
    add(svg, "<text x=\"%d\" y=\"50\" fill=\"#555\">%s</text>", LEFT, escaped(subtitle));
    for (int i = 0; i < panels.size(); i++) {
      panel(svg, panels.get(i), TOP + i * PANEL, i == panels.size() - 1);
    }
    for (Marker marker : markers) {
      label(svg, marker);
    }
    return svg.append("</svg>\n").toString();
  }

  private void panel(StringBuilder svg, Panel panel, int top, boolean last) {
    int plotTop = top + PANEL_HEAD;
    int plotBottom = top + PANEL - PANEL_GAP;
    Ticks ticks = Ticks.upTo(panel.max(), Y_TICKS);
    markers.stream().filter(Marker::isSpan).forEach(span -> band(svg, span, plotTop, plotBottom));
    head(svg, panel, top + PANEL_HEAD - 10);
    for (int i = 0; i <= ticks.count(); i++) {
      double y = plotBottom - (plotBottom - plotTop) * (double) i / ticks.count();
      add(
          svg,
          "<path d=\"M%d %.1fH%d\" stroke=\"%s\"/>",
          LEFT,
          y,
          WIDTH - RIGHT,
          i == 0 ? "#888" : "#e4e4e4");
      add(
          svg,
          "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
          LEFT - 8,
          y + 4,
          ticks.label(i));
    }
    minutes(svg, plotTop, plotBottom, last);
    for (Marker marker : markers) {
      if (!marker.isSpan()) {
        add(
            svg,
            "<path d=\"M%.1f %dV%d\" stroke=\"#a00\" stroke-dasharray=\"4 3\"/>",
            x(marker.fromSeconds()),
            plotTop,
            plotBottom);
      }
    }
    for (Series series : panel.series()) {
      line(svg, series, ticks.last(), plotTop, plotBottom);
    }
  }

  private static void head(StringBuilder svg, Panel panel, int y) {
    add(
        svg,
        "<text x=\"%d\" y=\"%d\" font-weight=\"bold\" fill=\"#111\">%s</text>",
        LEFT,
        y,
        escaped(panel.title()));
    double right = WIDTH - RIGHT;
    if (!panel.note().isEmpty()) {
      add(
          svg,
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"end\" fill=\"#555\">%s</text>",
          right,
          y,
          escaped(panel.note()));
      right -= panel.note().length() * LETTER + 16;
    }
    for (int i = panel.series().size() - 1; i >= 0; i--) {
      Series series = panel.series().get(i);
      right -= series.name().length() * LETTER;
      add(svg, "<text x=\"%.1f\" y=\"%d\">%s</text>", right, y, escaped(series.name()));
      add(
          svg,
          "<path d=\"M%.1f %dh%d\" stroke=\"%s\" stroke-width=\"%.1f\"/>",
          right - LEGEND_LINE - 6,
          y - 4,
          LEGEND_LINE,
          series.colour(),
          Math.max(2, series.widthPixels()));
      right -= LEGEND_LINE + 22;
    }
  }

  private void minutes(StringBuilder svg, int plotTop, int plotBottom, boolean last) {
    Ticks ticks = Ticks.upTo(seconds / SECONDS_PER_MINUTE, X_TICKS);
    for (int i = 0; ticks.value(i) * SECONDS_PER_MINUTE <= seconds; i++) {
      double x = x(ticks.value(i) * SECONDS_PER_MINUTE);
      add(svg, "<path d=\"M%.1f %dV%d\" stroke=\"#f0f0f0\"/>", x, plotTop, plotBottom);
      if (last) {
        add(
            svg,
            "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
            x,
            plotBottom + 18,
            ticks.label(i));
      }
    }
    if (last) {
      add(
          svg,
          "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">minutes since the first record</text>",
          (LEFT + WIDTH - RIGHT) / 2,
          plotBottom + 40);
    }
  }

  private void line(StringBuilder svg, Series series, double top, int plotTop, int plotBottom) {
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    for (Point point : series.points()) {
      if (Double.isNaN(point.value())) {
        pen = false;
        continue;
      }
      double y = plotBottom - (plotBottom - plotTop) * point.value() / top;
      path.append(
          String.format(Locale.ROOT, "%s%.1f %.1f", pen ? "L" : "M", x(point.seconds()), y));
      pen = true;
    }
    add(
        svg,
        "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%.1f\""
            + " stroke-linejoin=\"round\" stroke-linecap=\"round\"/>",
        path,
        series.colour(),
        series.widthPixels());
  }

  private void band(StringBuilder svg, Marker span, int plotTop, int plotBottom) {
    add(
        svg,
        "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#fbe3dc\"/>",
        x(span.fromSeconds()),
        plotTop,
        x(span.toSeconds()) - x(span.fromSeconds()),
        plotBottom - plotTop);
  }

  /** Above the first panel; moments stand below spans, so that they do not cover each other. */
  private void label(StringBuilder svg, Marker marker) {
    int order = markers.stream().filter(each -> !each.isSpan()).toList().indexOf(marker);
    add(
        svg,
        "<text x=\"%.1f\" y=\"%d\" font-size=\"11\" fill=\"#a00\" stroke=\"#fff\""
            + " stroke-width=\"3\" paint-order=\"stroke\">%s</text>",
        x(marker.fromSeconds()) + 4,
        TOP + PANEL_HEAD + 14 + (marker.isSpan() ? 0 : (order + 1) * 14),
        escaped(marker.label()));
  }

  private double x(double at) {
    return LEFT + (WIDTH - RIGHT - LEFT) * Math.min(at, seconds) / seconds;
  }

  private static void add(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
