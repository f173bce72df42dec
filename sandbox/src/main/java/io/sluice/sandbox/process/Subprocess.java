package io.sluice.sandbox.process;

import io.sluice.sandbox.SandboxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a command to its end and takes what it printed. */
public final class Subprocess {
  private Subprocess() {}

  /** How a command ended, and what it printed on stdout and stderr. */
  public record Outcome(int exitCode, String output) {}

  /**
   * What the command printed.
   *
   * @throws SandboxException if it fails or takes too long; quotes its output
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
   * @throws SandboxException if it takes too long
   */
  public static Outcome complete(Command command, Duration atMost) {
    ProcessBuilder builder = new ProcessBuilder(command.arguments()).redirectErrorStream(true);
    builder.environment().putAll(command.environment());
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> readAll(process));
      if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw failed(command, "took longer than " + atMost.toSeconds() + " s", output.join());
      }
      return new Outcome(process.exitValue(), output.join());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + command.arguments().get(0), e);
    } catch (InterruptedException e) {
      throw SandboxException.interrupted("running " + mainOf(command));
    }
  }

  /** Runs a command on our own terminal and returns its exit code; Ctrl-C reaches it directly. */
  public static int passThrough(Command command) {
    ProcessBuilder builder = new ProcessBuilder(command.arguments()).inheritIO();
    builder.environment().putAll(command.environment());
    try {
      return builder.start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + command.arguments().get(0), e);
    } catch (InterruptedException e) {
      throw SandboxException.interrupted("running " + mainOf(command));
    }
  }

  private static String readAll(Process process) {
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SandboxException failed(Command command, String what, String output) {
    return SandboxException.failed(
        mainOf(command) + " " + what + ":\n  " + output.strip().replace("\n", "\n  "));
  }

  /** The Java class after the class path, which says more than "java" does. */
  private static String mainOf(Command command) {
    int classPath = command.arguments().indexOf("-cp");
    return command.arguments().get(classPath < 0 ? 0 : classPath + 2);
  }
}
