package io.sluice.sandbox.process;

import io.sluice.ops.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * One process for sure: its pid, and when it started, since the system gives a pid again once its
 * process is gone. Whatever carries the pid but started at another time is someone else, and is
 * never signalled.
 *
 * @param startedAtEpochMilli when the process started, in milliseconds since 1970
 */
public record ProcessIdentity(long pid, long startedAtEpochMilli) {
  /** Linux derives start times from the boot time, which moves a little when the clock is set. */
  private static final long CLOCK_TOLERANCE_MILLIS = 2_000;

  public ProcessIdentity {
    if (pid <= 1) {
      throw new IllegalArgumentException("pid is " + pid + ", must be above 1");
    }
  }

  /** The identity of a process that runs now; empty if there is none, or its start is unknown. */
  public static Optional<ProcessIdentity> of(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().startInstant())
        .map(started -> new ProcessIdentity(pid, started.toEpochMilli()));
  }

  /** The process, if it is this one and still runs; a zombie does not run. */
  public Optional<ProcessHandle> running() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> process.info().startInstant().filter(this::isMyStart).isPresent())
        .filter(process -> !isZombie());
  }

  private boolean isMyStart(Instant started) {
    return Math.abs(started.toEpochMilli() - startedAtEpochMilli) <= CLOCK_TOLERANCE_MILLIS;
  }

  /** In a container whose first process does not reap, killed processes stay as zombies. */
  private boolean isZombie() {
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    try {
      String text = Files.readString(stat);
      int state = text.lastIndexOf(')') + 2;
      return state < text.length() && (text.charAt(state) == 'Z' || text.charAt(state) == 'X');
    } catch (IOException noProcFileSystem) {
      return false;
    }
  }

  /** Reads a pid file; empty if there is none. */
  public static Optional<ProcessIdentity> read(Path pidFile) {
    return Json.read(pidFile, ProcessIdentity.class);
  }

  public void write(Path pidFile) {
    Json.write(pidFile, this);
  }
}
