package io.sluice.sandbox.process;

import io.sluice.ops.OperatorException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Runs a command to its end and takes what it printed. */
public final class Subprocess {
  private Subprocess() {}

  /** How a command ended, and what it printed on stdout and stderr. */
  public record Outcome(int exitCode, String output) {}

  /**
   * What the command printed.
   *
   * @throws OperatorException if it fails or takes too long; quotes its output
   */
  public static String run(Command command, Duration atMost) {
    Outcome outcome = complete(command, atMost);
    if (outcome.exitCode() != 0) {
      throw failed(command, "ended with " + outcome.exitCode(), outcome.output());
    }
    return outcome.output();
  }

  /**
   * Waits for the command's end, good or bad.
   *
   * <p>Its output goes through a file: a pipe would stay open, and this would wait, until the last
   * process that inherited it has ended, however long after the command that is.
   *
   * @throws OperatorException if it takes too long; it is killed then, with its children
   */
  public static Outcome complete(Command command, Duration atMost) {
    try {
      Path output = Files.createTempFile("sluice-output", ".log");
      try {
        Process process =
            command
                .builder()
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
          throw failed(command, "took longer than " + atMost.toSeconds() + " s", text(output));
        }
        return new Outcome(process.exitValue(), text(output));
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + command.program(), e);
    } catch (InterruptedException e) {
      throw OperatorException.interrupted("running " + command.program());
    }
  }

  /** Runs a command on our own terminal and returns its exit code; Ctrl-C reaches it directly. */
  public static int passThrough(Command command) {
    try {
      return command.builder().inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + command.program(), e);
    } catch (InterruptedException e) {
      throw OperatorException.interrupted("running " + command.program());
    }
  }

  /** Not as strict as {@link Files#readString}: a killed process may leave half a character. */
  private static String text(Path output) throws IOException {
    return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
  }

  private static OperatorException failed(Command command, String what, String output) {
    return OperatorException.failed(
        command.program() + " " + what + ":\n  " + output.strip().replace("\n", "\n  "));
  }
}
