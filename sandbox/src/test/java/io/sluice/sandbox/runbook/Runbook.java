package io.sluice.sandbox.runbook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code docs/operations/sandbox.md}: its commands. Those behind these fences are tried:
 *
 * <pre>
 * ```sh sandbox               functions for all blocks behind it
 * ```console sandbox          commands behind "$ ", with records coming in
 * ```console sandbox quiet    with none coming in
 * </pre>
 *
 * <p>GitHub shows only the first word of these.
 *
 * @param functions shell functions that the commands use
 */
record Runbook(String functions, List<Block> blocks) {
  private static final String FENCE = "```";

  /**
   * One fenced block.
   *
   * @param section the heading of level two that it is under
   * @param script its commands, for bash
   */
  record Block(String section, boolean quiet, String script) {}

  static Runbook read() {
    // The working directory of all tests is their module.
    Path file = Path.of("../docs/operations/sandbox.md");
    try {
      return parse(Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  static Runbook parse(List<String> lines) {
    StringBuilder functions = new StringBuilder();
    List<Block> blocks = new ArrayList<>();
    String section = "";
    String info = null;
    List<String> content = new ArrayList<>();
    for (String line : lines) {
      if (info == null && line.startsWith(FENCE)) {
        info = line.substring(FENCE.length()).strip();
        content.clear();
      } else if (line.startsWith(FENCE)) {
        if (info.startsWith("console sandbox")) {
          blocks.add(new Block(section, info.endsWith(" quiet"), script(content)));
        } else if (info.equals("sh sandbox")) {
          content.forEach(each -> functions.append(each).append('\n'));
        }
        info = null;
      } else if (info != null) {
        content.add(line);
      } else if (line.startsWith("## ")) {
        section = line.substring(3).strip();
      }
    }
    return new Runbook(functions.toString(), List.copyOf(blocks));
  }

  /** The lines behind a prompt, and those that a backslash joins to them; the rest is output. */
  private static String script(List<String> content) {
    StringBuilder script = new StringBuilder();
    boolean goesOn = false;
    for (String line : content) {
      if (goesOn || line.startsWith("$ ")) {
        script.append(goesOn ? line : line.substring(2)).append('\n');
        goesOn = line.endsWith("\\");
      }
    }
    return script.toString();
  }
}
