package io.sluice.sandbox.process;

import io.sluice.ops.OperatorException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts processes that outlive their starter: in a process group of their own, so that Ctrl-C in
 * the terminal does not reach them, and deaf to its hang-up. Output is appended to a log file.
 */
public final class DetachedProcess {
  /**
   * Job control (-m) puts the background process into its own group; it works in bash without a
   * terminal, and, other than setsid(1), is there on macOS too. nohup and exec keep the pid.
   */
  private static final String SCRIPT =
      "set -m; log=$1; shift; nohup \"$@\" </dev/null >>\"$log\" 2>&1 & echo $!";

  private DetachedProcess() {}

  /**
   * Starts the command in {@code directory}, which is created if need be.
   *
   * @throws OperatorException if it cannot be started, or died before it could be seen
   */
  public static ProcessIdentity start(Command command, Path directory, Path log) {
    List<String> arguments = new ArrayList<>(List.of("bash", "-c", SCRIPT, "sluice"));
    arguments.add(log.toAbsolutePath().toString());
    arguments.addAll(command.arguments());
    try {
      Files.createDirectories(directory);
      Process shell =
          new Command(arguments, command.environment())
              .builder()
              .directory(directory.toFile())
              .redirectInput(new File("/dev/null"))
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      String pid =
          new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      shell.waitFor();
      return ProcessIdentity.of(Long.parseLong(pid))
          .orElseThrow(
              () ->
                  OperatorException.failed(
                      command.program() + " died at once\n" + LogTail.describe(log)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command.program(), e);
    } catch (InterruptedException e) {
      throw OperatorException.interrupted("starting " + command.program());
    }
  }
}
