package io.sluice.bench.queries;

import io.sluice.bench.queries.Question.Kind;
import io.sluice.ops.report.TextTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The tables that people read. */
final class QueriesReport {
  private static final int WORST_MIXED = 15;
  private static final double MILLION = 1e6;

  private final QueriesResult result;

  QueriesReport(QueriesResult result) {
    this.result = result;
  }

  String text() {
    List<String> parts = new ArrayList<>();
    parts.add(head());
    for (Kind kind : Kind.values()) {
      List<QuestionResult> asked =
          result.questions().stream().filter(each -> each.kind() == kind).toList();
      if (!asked.isEmpty()) {
        parts.add(kind == Kind.MIXED ? worst(asked) : questions(kind.label(), asked));
      }
    }
    if (!result.inserts().isEmpty()) {
      parts.add(inserts());
    }
    if (result.disk() != null) {
      parts.add(disk());
    }
    parts.add(goals());
    return String.join("\n\n", parts);
  }

  private String head() {
    QueriesResult.Machine machine = result.machine();
    String line =
        "%,d rows, seed %d, over 30 days; %s, %d cores, %,d MiB; ClickHouse %s"
            .formatted(
                result.dataSet().rows(),
                result.dataSet().seed(),
                machine.processor(),
                machine.cores(),
                machine.memoryMib(),
                machine.engine());
    if (!result.questions().isEmpty()) {
      line +=
          "\ncold runs: the engine's caches dropped, the operating system's "
              + (result.coldFromDisk() ? "too" : "not (not in a quick run, and only root may)")
              + "; busy runs: beside %,d rows/s".formatted(result.busyRowsPerSecond());
      if (!result.snapshotSeconds().isEmpty()) {
        line += "\nseconds that snapshots took: " + result.snapshotSeconds();
      }
    }
    return line;
  }

  private String worst(List<QuestionResult> asked) {
    List<QuestionResult> worst =
        asked.stream()
            .sorted(Comparator.comparing(QuestionResult::p95Millis).reversed())
            .limit(WORST_MIXED)
            .toList();
    return questions(
        "%s: the %d worst of %d".formatted(Kind.MIXED.label(), worst.size(), asked.size()), worst);
  }

  private static String questions(String title, List<QuestionResult> asked) {
    TextTable table =
        new TextTable(
            title,
            "range",
            "p95, ms",
            "goal",
            "median",
            "cold",
            "busy p95",
            "http_log",
            "rows read",
            "MB read",
            "of http_log",
            "equal",
            "age, s");
    for (QuestionResult each : asked) {
      if (each.failure() != null) {
        table.row(
            each.by(), each.range().label(), "refused", "", "", "", "", "", "", "", "", "", "");
        continue;
      }
      table.row(
          each.by(),
          each.range().label(),
          millis(each.warm().p95Millis()),
          each.goalMillis() == null
              ? ""
              : each.warm().p95Millis() <= each.goalMillis() ? "reached" : "MISSED",
          millis(each.warm().medianMillis()),
          millis(each.coldMillis()),
          each.busy() == null ? "" : millis(each.busy().p95Millis()),
          millis(each.rawMillis()),
          "%,d".formatted(each.rowsRead()),
          String.format(Locale.ROOT, "%,.2f", each.bytesRead() / MILLION),
          "%,d".formatted(each.rawRowsRead()),
          each.equal() ? "yes" : "NO",
          each.snapshotAgeSeconds() == null ? "" : each.snapshotAgeSeconds().toString());
    }
    return table.toString();
  }

  private String inserts() {
    TextTable table =
        new TextTable("inserts into", "rows each", "rows/s", "server's CPU s/M rows, with merges");
    for (QueriesResult.InsertResult each : result.inserts()) {
      table.row(
          each.variant().label(),
          "%,d".formatted(each.rowsPerInsert()),
          "%,d".formatted(each.rowsPerSecond()),
          String.format(Locale.ROOT, "%.2f", each.cpuSecondsPerMillionRows()));
    }
    return table.toString();
  }

  private String disk() {
    TextTable table = new TextTable("on disk", "rows", "MB", "parts", "B per raw row");
    for (DiskUse.TableUse each : result.disk().tables()) {
      table.row(
          each.table(),
          "%,d".formatted(each.rows()),
          String.format(Locale.ROOT, "%,.1f", each.bytes() / MILLION),
          "%,d".formatted(each.parts()),
          String.format(Locale.ROOT, "%.2f", each.bytesPerRawRow()));
    }
    table.row(
        "network and minutes_late, in http_log",
        "",
        String.format(Locale.ROOT, "%,.1f", result.disk().addedColumnsBytes() / MILLION),
        "",
        String.format(
            Locale.ROOT,
            "%.2f",
            result.disk().addedColumnsBytes() / (double) Math.max(1, result.disk().rawRows())));
    return table.toString();
  }

  private String goals() {
    TextTable table = new TextTable("goal", "limit", "measured", "");
    for (Goals.Goal goal : result.goals()) {
      table.row(goal.name(), goal.limit(), goal.measured(), goal.reached() ? "reached" : "MISSED");
    }
    return table.toString();
  }

  private static String millis(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
  }
}
