package io.sluice.sandbox.process;

import java.time.Duration;
import java.util.List;

/**
 * A process that is stopped in the middle of what it does, by SIGSTOP, until {@link #close}: its
 * sockets stay open and take what the system buffers, but nobody answers.
 */
public final class PausedProcess implements AutoCloseable {
  private static final Duration SIGNAL_WITHIN = Duration.ofSeconds(10);

  private final ProcessHandle process;

  private PausedProcess(ProcessHandle process) {
    this.process = process;
  }

  public static PausedProcess pause(ProcessHandle process) {
    signal("STOP", process);
    return new PausedProcess(process);
  }

  public long pid() {
    return process.pid();
  }

  /** Lets it go on; harmless if it went on, or ended, before. */
  @Override
  public void close() {
    if (process.isAlive()) {
      signal("CONT", process);
    }
  }

  /** By bash's own kill: Java knows no signals but two, and kill(1) is not everywhere. */
  private static void signal(String name, ProcessHandle process) {
    Subprocess.run(
        new Command(List.of("bash", "-c", "kill -" + name + " " + process.pid())), SIGNAL_WITHIN);
  }
}
