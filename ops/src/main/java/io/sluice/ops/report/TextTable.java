package io.sluice.ops.report;

import java.util.ArrayList;
import java.util.List;

/** A table for people, in Markdown, so that it can be pasted as it is printed. */
public final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param heads of the columns; the first is aligned left, the others right
   */
  public TextTable(String... heads) {
    rows.add(List.of(heads));
  }

  public TextTable row(String... cells) {
    if (cells.length != rows.get(0).size()) {
      throw new IllegalArgumentException(
          "cells are " + cells.length + ", must be " + rows.get(0).size());
    }
    rows.add(List.of(cells));
    return this;
  }

  /** The lines, without a line end after the last. */
  @Override
  public String toString() {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      lines.add(line(row, widths));
      if (lines.size() == 1) {
        lines.add(rule(widths));
      }
    }
    return String.join("\n", lines);
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder("|");
    for (int i = 0; i < widths.length; i++) {
      String cell = row.get(i);
      String fill = " ".repeat(widths[i] - cell.length());
      line.append(' ').append(i == 0 ? cell + fill : fill + cell).append(" |");
    }
    return line.toString();
  }

  private static String rule(int[] widths) {
    StringBuilder line = new StringBuilder("|");
    for (int i = 0; i < widths.length; i++) {
      String dashes = "-".repeat(widths[i] - 1);
      line.append(' ').append(dashes).append(i == 0 ? "- |" : ": |");
    }
    return line.toString();
  }
}
