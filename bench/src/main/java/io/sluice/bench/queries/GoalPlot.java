package io.sluice.bench.queries;

import io.sluice.bench.Svg;
import io.sluice.bench.queries.Question.Kind;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYBoxAnnotation;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.CombinedRangeXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.chart.util.ShapeUtils;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * Each combination and range against its goal: a row per combination, a column per range, time on a
 * logarithmic axis. What is left of the line, on green, reaches it.
 */
final class GoalPlot {
  private static final int WIDTH = 1280;
  private static final int ROW = 22;
  private static final int HEAD_AND_FOOT = 200;
  private static final double LEAST_MILLIS = 1;
  private static final double MOST_MILLIS = 30_000;
  private static final Color BLUE = new Color(0x0072b2);
  private static final Color ORANGE = new Color(0xd55e00);
  private static final Color PALE = new Color(0xf2cbb0);
  private static final Color GREY = new Color(0x8a949e);
  private static final Color GREEN = new Color(0xe6f4ec);
  private static final Color LINE = new Color(0x1a7f4b);
  private static final Shape DOT = new Ellipse2D.Double(-4.5, -4.5, 9, 9);

  private static final Mark REACHED = new Mark("reached", DOT, BLUE, true);
  private static final Mark MISSED = new Mark("missed", DOT, ORANGE, true);
  private static final Mark REPLACED =
      new Mark("missed, but a snapshot reaches it", DOT, PALE, true);
  private static final Mark SNAPSHOT =
      new Mark("from a snapshot", new Rectangle2D.Double(-4.5, -4.5, 9, 9), BLUE, true);
  private static final Mark BUSY = new Mark("while rows are inserted", DOT, BLUE, false);
  private static final Mark COLD =
      new Mark("cold, one run", ShapeUtils.createDiamond(4), GREY, false);
  private static final Mark RAW =
      new Mark("on http_log itself", ShapeUtils.createDiagonalCross(3, 0.5f), GREY, true);
  private static final List<Mark> MARKS =
      List.of(REACHED, MISSED, REPLACED, SNAPSHOT, BUSY, COLD, RAW);

  private record Mark(String label, Shape shape, Color colour, boolean filled) {}

  private final QueriesResult result;
  private final List<String> rows;

  GoalPlot(QueriesResult result) {
    this.result = result;
    this.rows =
        result.questions().stream()
            .filter(each -> each.question().kind() != Kind.SNAPSHOT)
            .map(GoalPlot::row)
            .distinct()
            .toList();
  }

  private static String row(QuestionResult each) {
    return (each.question().isSeries() ? "time series: " : "top 20: ") + each.question().by();
  }

  String svg() {
    return Svg.of(chart(), WIDTH, HEAD_AND_FOOT + ROW * rows.size());
  }

  JFreeChart chart() {
    SymbolAxis combinations = new SymbolAxis(null, rows.toArray(String[]::new));
    combinations.setInverted(true);
    combinations.setGridBandsVisible(false);
    combinations.setRange(-0.5, rows.size() - 0.5);
    CombinedRangeXYPlot columns = new CombinedRangeXYPlot(combinations);
    for (Span span : Span.values()) {
      columns.add(column(span));
    }
    JFreeChart chart =
        Svg.chart(
            "Queries on %,d rows over 30 days".formatted(result.dataSet().rows()),
            "p95 of repeated runs, %s, %d cores; the line is the goal, what reaches it is on green"
                .formatted(result.machine().processor(), result.machine().cores()),
            columns);
    LegendTitle legend = new LegendTitle(columns.getSubplots().get(0));
    legend.setPosition(RectangleEdge.TOP);
    chart.addSubtitle(legend);
    return chart;
  }

  private XYPlot column(Span span) {
    List<QuestionResult> asked =
        result.questions().stream().filter(each -> each.question().span() == span).toList();
    XYSeriesCollection marks = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    for (int i = 0; i < MARKS.size(); i++) {
      Mark mark = MARKS.get(i);
      marks.addSeries(new XYSeries(mark.label(), false));
      renderer.setSeriesShape(i, mark.shape());
      renderer.setSeriesPaint(i, mark.colour());
      renderer.setSeriesShapesFilled(i, mark.filled());
    }
    LogAxis millis = new LogAxis(heading(span));
    millis.setLabelFont(millis.getLabelFont().deriveFont(10f));
    millis.setRange(LEAST_MILLIS, MOST_MILLIS);
    millis.setNumberFormatOverride(NumberFormat.getIntegerInstance(Locale.ROOT));
    XYPlot column = new XYPlot(marks, millis, null, renderer);
    Svg.plain(column);
    for (QuestionResult each : asked) {
      if (each.question().kind() != Kind.SNAPSHOT) {
        goal(renderer, each);
      }
      if (each.answer() != null) {
        marks(marks, each, asked);
      } else if (each.question().kind() != Kind.SNAPSHOT) {
        refused(column, each);
      }
    }
    return column;
  }

  private String heading(Span span) {
    return "%s, ms; reached: %s series, %s top 20"
        .formatted(span.label, reached(span, true), reached(span, false));
  }

  private String reached(Span span, boolean series) {
    List<QuestionResult> best = Goals.best(result, span, series);
    long reached = best.stream().filter(QuestionResult::reachesGoal).count();
    return "%d of %d".formatted(reached, best.size());
  }

  private void goal(XYLineAndShapeRenderer renderer, QuestionResult each) {
    // From below, as the axis is inverted: a box of negative height is not drawn.
    double from = y(each) + 0.5;
    double to = y(each) - 0.5;
    double goal = each.question().goalMillis();
    renderer.addAnnotation(
        new XYBoxAnnotation(LEAST_MILLIS, from, goal, to, null, null, GREEN), Layer.BACKGROUND);
    renderer.addAnnotation(
        new XYBoxAnnotation(goal, from, goal, to, new BasicStroke(2), LINE), Layer.BACKGROUND);
  }

  private void marks(XYSeriesCollection marks, QuestionResult each, List<QuestionResult> asked) {
    if (each.question().kind() == Kind.SNAPSHOT) {
      add(marks, SNAPSHOT, each.p95Millis(), each);
      return;
    }
    boolean replaced =
        asked.stream()
            .filter(other -> other.question().kind() == Kind.SNAPSHOT)
            .filter(other -> !each.question().isSeries() && other.reachesGoal())
            .anyMatch(other -> other.question().dimensions().equals(each.question().dimensions()));
    Mark missed = replaced ? REPLACED : MISSED;
    add(marks, each.reachesGoal() ? REACHED : missed, each.p95Millis(), each);
    add(marks, COLD, each.answer().coldMillis(), each);
    add(marks, RAW, each.answer().rawMillis(), each);
    if (each.busy() != null) {
      add(marks, BUSY, each.busy().p95Millis(), each);
    }
  }

  private void add(XYSeriesCollection marks, Mark mark, double millis, QuestionResult each) {
    double shown = Math.min(MOST_MILLIS, Math.max(LEAST_MILLIS, millis));
    marks.getSeries(mark.label()).add(shown, y(each));
  }

  private void refused(XYPlot column, QuestionResult each) {
    XYTextAnnotation text = new XYTextAnnotation("refused", MOST_MILLIS, y(each));
    text.setTextAnchor(TextAnchor.CENTER_RIGHT);
    text.setPaint(ORANGE);
    column.addAnnotation(text);
  }

  private int y(QuestionResult each) {
    return rows.indexOf(row(each));
  }
}
