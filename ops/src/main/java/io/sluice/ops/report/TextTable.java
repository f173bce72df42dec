package io.sluice.ops.report;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A table for people, in Markdown, so that it can be pasted as it is printed. */
public final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  /** The first column is aligned left, the others right. */
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

  @Override
  public String toString() {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<List<String>> lines = new ArrayList<>(rows);
    lines.add(
        1,
        IntStream.range(0, columns)
            .mapToObj(i -> "-".repeat(widths[i] - 1) + (i == 0 ? "-" : ":"))
            .toList());
    return lines.stream().map(line -> line(line, widths)).collect(joining("\n"));
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder("|");
    for (int i = 0; i < widths.length; i++) {
      String fill = " ".repeat(widths[i] - cells.get(i).length());
      line.append(' ').append(i == 0 ? cells.get(i) + fill : fill + cells.get(i)).append(" |");
    }
    return line.toString();
  }
}
