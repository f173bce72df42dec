package io.sluice.bench.queries;

import io.sluice.bench.queries.Question.Kind;
import io.sluice.ops.report.TextTable;
import java.util.ArrayList;
import java.util.List;

/** The tables that people read. */
final class QueriesReport {
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
          result.questions().stream().filter(each -> each.question().kind() == kind).toList();
      if (!asked.isEmpty()) {
        parts.add(questions(kind.label, asked));
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
      String by = each.question().by();
      String range = each.question().span().label;
      QuestionResult.Answer answer = each.answer();
      if (answer == null) {
        table.row(by, range, "refused", "", "", "", "", "", "", "", "", "", "");
        continue;
      }
      table.row(
          by,
          range,
          millis(answer.warm().p95Millis()),
          reached(each.reachesGoal()),
          millis(answer.warm().medianMillis()),
          millis(answer.coldMillis()),
          each.busy() == null ? "" : millis(each.busy().p95Millis()),
          millis(answer.rawMillis()),
          "%,d".formatted(answer.rowsRead()),
          "%,.2f".formatted(answer.bytesRead() / MILLION),
          "%,d".formatted(answer.rawRowsRead()),
          answer.equal() ? "yes" : "NO",
          answer.snapshotAgeSeconds() == null ? "" : answer.snapshotAgeSeconds().toString());
    }
    return table.toString();
  }

  private static String reached(boolean isReached) {
    return isReached ? "reached" : "MISSED";
  }

  private String inserts() {
    TextTable table =
        new TextTable("inserts into", "rows each", "rows/s", "server's CPU s/M rows, with merges");
    for (QueriesResult.InsertResult each : result.inserts()) {
      table.row(
          each.variant().label,
          "%,d".formatted(each.rowsPerInsert()),
          "%,d".formatted(each.rowsPerSecond()),
          "%.2f".formatted(each.cpuSecondsPerMillionRows()));
    }
    return table.toString();
  }

  private String disk() {
    TextTable table = new TextTable("on disk", "rows", "MB", "parts", "B per raw row");
    for (DiskUse.TableUse each : result.disk().tables()) {
      table.row(
          each.table(),
          "%,d".formatted(each.rows()),
          "%,.1f".formatted(each.bytes() / MILLION),
          "%,d".formatted(each.parts()),
          "%.2f".formatted(result.disk().perRawRow(each.bytes())));
    }
    table.row(
        "network and minutes_late, in http_log",
        "",
        "%,.1f".formatted(result.disk().addedColumnsBytes() / MILLION),
        "",
        "%.2f".formatted(result.disk().perRawRow(result.disk().addedColumnsBytes())));
    return table.toString();
  }

  private String goals() {
    TextTable table = new TextTable("goal", "limit", "measured", "");
    for (Goals.Goal goal : Goals.of(result)) {
      table.row(goal.name(), goal.limit(), goal.measured(), reached(goal.reached()));
    }
    return table.toString();
  }

  private static String millis(double value) {
    return (value < 100 ? "%.1f" : "%,.0f").formatted(value);
  }
}
