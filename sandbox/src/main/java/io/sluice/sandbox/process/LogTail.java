package io.sluice.sandbox.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The end of a log, for the message that says why a server did not start.
 *
 * @param lines the last lines, oldest first; empty if there is no log or nothing in it
 */
public record LogTail(Path log, List<String> lines) {
  private static final int MAX_LINES = 15;
  private static final int MAX_BYTES = 16 * 1024;

  public LogTail {
    lines = List.copyOf(lines);
  }

  public static LogTail of(Path log) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long start = Math.max(0, file.length() - MAX_BYTES);
      byte[] bytes = new byte[(int) (file.length() - start)];
      file.seek(start);
      file.readFully(bytes);
      List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return new LogTail(log, lines.subList(Math.max(0, lines.size() - MAX_LINES), lines.size()));
    } catch (IOException unreadable) {
      return new LogTail(log, List.of());
    }
  }

  /** The lines, indented, under the name of the log. */
  public String describe() {
    if (lines.isEmpty()) {
      return "(nothing in " + log + ")";
    }
    return "end of " + log + ":\n  " + String.join("\n  ", lines);
  }
}
