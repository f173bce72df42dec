package io.sluice.bench.queries;

import io.sluice.bench.queries.Question.Kind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Each combination and range against its goal, as SVG on a white ground: a row per combination, a
 * column per range, time on a logarithmic axis. What is left of the line, on green, reaches it.
 */
final class GoalPlot {
  private static final int WIDTH = 1240;
  private static final int LEFT = 350;
  private static final int COLUMN = 282;
  private static final int GAP = 14;
  private static final int TOP = 110;
  private static final int ROW = 20;
  private static final int BLOCK_HEAD = 44;
  private static final int BLOCK_FOOT = 34;
  private static final double LEAST_MILLIS = 1;
  private static final double MOST_MILLIS = 30_000;
  private static final String REACHED = "#0072b2";
  private static final String MISSED = "#d55e00";
  private static final String GREY = "#8a949e";

  private final QueriesResult result;
  private final StringBuilder svg = new StringBuilder();

  GoalPlot(QueriesResult result) {
    this.result = result;
  }

  String svg() {
    List<QuestionResult> series = of(Kind.SERIES);
    List<QuestionResult> live = of(Kind.TOP);
    int height = TOP + blockHeight(series) + blockHeight(live) + 8;
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
            + " font-family=\"Helvetica, Arial, sans-serif\" font-size=\"12\" fill=\"#333\">",
        WIDTH, height, WIDTH, height);
    add("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>", WIDTH, height);
    head();
    int y = TOP;
    if (!series.isEmpty()) {
      block("Time series, filtered by", series, List.of(), y);
      y += blockHeight(series);
    }
    if (!live.isEmpty()) {
      block("Top 20, grouped by", live, of(Kind.SNAPSHOT), y);
    }
    return svg.append("</svg>\n").toString();
  }

  private List<QuestionResult> of(Kind kind) {
    return result.questions().stream().filter(each -> each.kind() == kind).toList();
  }

  private static Set<String> combinations(List<QuestionResult> results) {
    Set<String> combinations = new LinkedHashSet<>();
    results.forEach(each -> combinations.add(each.by()));
    return combinations;
  }

  private static int blockHeight(List<QuestionResult> results) {
    return results.isEmpty() ? 0 : BLOCK_HEAD + combinations(results).size() * ROW + BLOCK_FOOT;
  }

  private void head() {
    text(
        20,
        32,
        "start",
        "font-size=\"18\" font-weight=\"bold\" fill=\"#111\"",
        String.format(Locale.ROOT, "Queries on %,d rows over 30 days", result.dataSet().rows()));
    text(
        20,
        52,
        "start",
        "fill=\"#555\"",
        ("p95 of repeated runs, %s, %d cores; the line is the goal, what reaches it is on green;"
                + " pale: a snapshot reaches it instead")
            .formatted(result.machine().processor(), result.machine().cores()));
    int y = 76;
    int x = 20;
    x = legend(x, y, "reached", () -> dot(29, y - 4, REACHED, true));
    int missed = x;
    x = legend(x, y, "missed", () -> dot(missed + 9, y - 4, MISSED, true));
    int snapshot = x;
    x = legend(x, y, "from a snapshot", () -> square(snapshot + 9, y - 4, REACHED));
    int busy = x;
    x = legend(x, y, "while rows are inserted", () -> dot(busy + 9, y - 4, REACHED, false));
    int cold = x;
    x = legend(x, y, "cold, one run", () -> diamond(cold + 9, y - 4));
    int raw = x;
    legend(x, y, "on http_log itself", () -> cross(raw + 9, y - 4));
  }

  private int legend(int x, int y, String label, Runnable mark) {
    mark.run();
    text(x + 22, y, "start", "", label);
    return x + 22 + (int) (label.length() * 6.2) + 24;
  }

  private void block(
      String title, List<QuestionResult> results, List<QuestionResult> snapshots, int top) {
    List<String> rows = List.copyOf(combinations(results));
    int first = top + BLOCK_HEAD;
    text(20, first - 12, "start", "font-weight=\"bold\" fill=\"#111\"", title);
    for (int i = 0; i < rows.size(); i++) {
      text(LEFT - 12, first + i * ROW + 14, "end", "", rows.get(i));
    }
    int left = LEFT - COLUMN - GAP;
    for (Span span : Span.values()) {
      left += COLUMN + GAP;
      List<QuestionResult> inColumn =
          results.stream().filter(each -> each.range() == span).toList();
      if (inColumn.isEmpty()) {
        continue;
      }
      List<QuestionResult> stored =
          snapshots.stream().filter(each -> each.range() == span).toList();
      column(left, first, rows.size(), inColumn.get(0).goalMillis());
      heading(left, first - 12, span, inColumn.get(0).kind() == Kind.SERIES);
      for (QuestionResult each : inColumn) {
        int y = first + rows.indexOf(each.by()) * ROW + ROW / 2;
        live(left, y, each, stored.stream().anyMatch(one -> reachesFor(one, each)));
      }
      for (QuestionResult each : stored) {
        square(x(left, each.p95Millis()), first + rows.indexOf(each.by()) * ROW + ROW / 2.0, each);
      }
    }
  }

  private static boolean reachesFor(QuestionResult snapshot, QuestionResult live) {
    return snapshot.by().equals(live.by())
        && snapshot.p95Millis() <= snapshot.goalMillis()
        && live.p95Millis() > live.goalMillis();
  }

  private void heading(int left, int y, Span span, boolean series) {
    List<QuestionResult> best = Goals.best(result, span, series);
    long reached = best.stream().filter(each -> each.p95Millis() <= each.goalMillis()).count();
    text(left, y, "start", "font-weight=\"bold\" fill=\"#111\"", span.label());
    text(
        left + COLUMN,
        y,
        "end",
        "fill=\"%s\"".formatted(reached == best.size() ? REACHED : MISSED),
        "%d of %d reach it".formatted(reached, best.size()));
  }

  private void column(int left, int first, int rows, double goal) {
    int bottom = first + rows * ROW;
    double line = x(left, goal);
    add(
        "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#e6f4ec\"/>",
        left, first, line - left, bottom - first);
    for (int y = first + ROW / 2; y < bottom; y += ROW) {
      add("<path d=\"M%d %dh%d\" stroke=\"#f0f0f0\"/>", left, y, COLUMN);
    }
    for (double tick = LEAST_MILLIS; tick <= MOST_MILLIS; tick *= 10) {
      add("<path d=\"M%.1f %dV%d\" stroke=\"#ddd\"/>", x(left, tick), first, bottom);
      String label = tick < 1_000 ? "%.0f ms".formatted(tick) : "%.0f s".formatted(tick / 1_000);
      text(x(left, tick), bottom + 16, "middle", "", label);
    }
    add("<path d=\"M%.1f %dV%d\" stroke=\"#1a7f4b\" stroke-width=\"2\"/>", line, first - 4, bottom);
    text(line, first - 8, "middle", "fill=\"#1a7f4b\"", "%.0f ms".formatted(goal));
  }

  /**
   * @param pale because a snapshot reaches the goal in its place
   */
  private void live(int left, double y, QuestionResult each, boolean pale) {
    if (each.failure() != null) {
      text(left + COLUMN - 4, y + 4, "end", "fill=\"%s\"".formatted(MISSED), "refused");
      return;
    }
    cross(x(left, each.rawMillis()), y);
    diamond(x(left, each.coldMillis()), y);
    add("<g opacity=\"%s\">", pale ? "0.35" : "1");
    if (each.busy() != null) {
      double busy = each.busy().p95Millis();
      dot(x(left, busy), y, colour(busy, each), false);
    }
    dot(x(left, each.p95Millis()), y, colour(each.p95Millis(), each), true);
    add("</g>");
  }

  private static String colour(double millis, QuestionResult each) {
    return millis <= each.goalMillis() ? REACHED : MISSED;
  }

  private static double x(int left, double millis) {
    double share =
        Math.log(Math.min(MOST_MILLIS, Math.max(LEAST_MILLIS, millis)) / LEAST_MILLIS)
            / Math.log(MOST_MILLIS / LEAST_MILLIS);
    return left + share * COLUMN;
  }

  private void dot(double x, double y, String colour, boolean filled) {
    add(
        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%s\" fill=\"%s\" stroke=\"%s\" stroke-width=\"1.5\"/>",
        x, y, filled ? "4.5" : "4", filled ? colour : "none", colour);
  }

  private void square(double x, double y, QuestionResult each) {
    if (each.failure() == null) {
      square(x, y, colour(each.p95Millis(), each));
    }
  }

  private void square(double x, double y, String colour) {
    add(
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"9\" height=\"9\" fill=\"%s\" stroke=\"#fff\"/>",
        x - 4.5, y - 4.5, colour);
  }

  private void diamond(double x, double y) {
    add("<path d=\"M%.1f %.1fl4 4l-4 4l-4 -4z\" fill=\"none\" stroke=\"%s\"/>", x, y - 4, GREY);
  }

  private void cross(double x, double y) {
    add(
        "<path d=\"M%.1f %.1fl7 7m0 -7l-7 7\" stroke=\"%s\" stroke-width=\"1.5\"/>",
        x - 3.5, y - 3.5, GREY);
  }

  private void text(double x, double y, String anchor, String style, String text) {
    add(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" %s>%s</text>",
        x, y, anchor, style, text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
