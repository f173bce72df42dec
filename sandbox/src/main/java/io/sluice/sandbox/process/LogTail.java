package io.sluice.sandbox.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The end of a log, for the message that says why a server did not start. */
final class LogTail {
  private static final int MAX_LINES = 15;
  private static final int MAX_BYTES = 16 * 1024;

  private LogTail() {}

  /** The last lines, indented, under the name of the log. */
  static String describe(Path log) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      byte[] bytes = new byte[(int) Math.min(MAX_BYTES, file.length())];
      file.seek(file.length() - bytes.length);
      file.readFully(bytes);
      List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return "end of %s:\n  ".formatted(log)
          + String.join("\n  ", lines.subList(Math.max(0, lines.size() - MAX_LINES), lines.size()));
    } catch (IOException unreadable) {
      return "(nothing in " + log + ")";
    }
  }
}
