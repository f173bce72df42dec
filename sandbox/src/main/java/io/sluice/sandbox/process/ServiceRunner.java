package io.sluice.sandbox.process;

import io.sluice.ops.OperatorException;
import io.sluice.ops.Pause;
import io.sluice.sandbox.Patience;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts, watches and ends the process of one service. All that it knows is in the service's
 * folder, so that any later JVM can go on: {@code pid.json} and {@code <service>.log}.
 */
public final class ServiceRunner {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration TERMINATE_GRACE = Duration.ofSeconds(10);

  private final ManagedService managed;
  private final Path folder;

  /** Set by {@link #stop}, so that a start on another thread does not outrun it. */
  private boolean stopped;

  /**
   * @param folder the service's own folder, created at the first start
   */
  public ServiceRunner(ManagedService managed, Path folder) {
    this.managed = managed;
    this.folder = folder;
  }

  public Service service() {
    return managed.service();
  }

  public List<PortClaim> ports() {
    return managed.ports();
  }

  public Path log() {
    return folder.resolve(managed.service() + ".log");
  }

  /** The running process; empty if there is none. */
  public Optional<ProcessHandle> process() {
    return ProcessIdentity.read(pidFile()).flatMap(ProcessIdentity::running);
  }

  /** Whether the process runs and answers. */
  public boolean isReady() {
    return process().isPresent() && managed.isReady();
  }

  /**
   * Starts the process and returns at once; {@link #awaitReady} does the waiting.
   *
   * @throws OperatorException if it runs already, or one of its ports is taken
   */
  public void launch() {
    if (process().isPresent()) {
      throw OperatorException.wrongState(service() + " is running already");
    }
    List<PortClaim> taken = PortClaim.taken(ports());
    if (!taken.isEmpty()) {
      throw OperatorException.failed(taken.get(0).describeTaken());
    }
    start(managed.prepare());
  }

  private synchronized void start(Command command) {
    if (stopped) {
      throw OperatorException.failed(service() + " was stopped before it started");
    }
    DetachedProcess.start(command, folder, log()).write(pidFile());
  }

  /**
   * Waits until the service answers, as long as its log grows: how long a start takes depends on
   * what else the machine does.
   *
   * @throws OperatorException if it dies, or writes no more without answering; quotes the end of
   *     its log
   */
  public void awaitReady() {
    Patience silence = new Patience(managed.silentWithin(), System::nanoTime);
    long deadlineNanos = System.nanoTime() + managed.readyWithin().toNanos();
    while (!managed.isReady()) {
      if (process().isEmpty()) {
        throw OperatorException.failed(
            service() + " died while starting\n" + LogTail.of(log()).describe());
      }
      if (silence.isOver(log().toFile().length())) {
        throw notReady("wrote nothing for " + managed.silentWithin().toSeconds() + " s");
      }
      if (System.nanoTime() - deadlineNanos > 0) {
        throw notReady("did not answer within " + managed.readyWithin().toSeconds() + " s");
      }
      Pause.of(POLL);
    }
  }

  private OperatorException notReady(String why) {
    return OperatorException.failed(
        service() + " " + why + " while starting\n" + LogTail.of(log()).describe());
  }

  /** Ends the process and its children as a power cut would: kill -9. */
  public boolean kill() {
    Optional<ProcessHandle> process = process();
    process.ifPresent(
        root -> {
          List<ProcessHandle> family = family(root);
          family.forEach(ProcessHandle::destroyForcibly);
          family.forEach(one -> awaitEnd(one, TERMINATE_GRACE));
          awaitPortsFree();
        });
    ProcessIdentity.delete(pidFile());
    return process.isPresent();
  }

  /**
   * Asks the process to end, and kills what has not ended ten seconds later. This runner starts
   * none again.
   */
  public synchronized boolean stop() {
    stopped = true;
    Optional<ProcessHandle> process = process();
    process.ifPresent(
        root -> {
          List<ProcessHandle> family = family(root);
          root.destroy();
          awaitEnd(root, TERMINATE_GRACE);
          family.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
          family.forEach(one -> awaitEnd(one, TERMINATE_GRACE));
          awaitPortsFree();
        });
    ProcessIdentity.delete(pidFile());
    return process.isPresent();
  }

  /** nginx answers from a worker, which would live on without its master. */
  private static List<ProcessHandle> family(ProcessHandle root) {
    List<ProcessHandle> family = new ArrayList<>(List.of(root));
    root.descendants().forEach(family::add);
    return family;
  }

  private static void awaitEnd(ProcessHandle process, Duration atMost) {
    Optional<ProcessIdentity> identity = ProcessIdentity.of(process.pid());
    long deadlineNanos = System.nanoTime() + atMost.toNanos();
    while (identity.flatMap(ProcessIdentity::running).isPresent()
        && System.nanoTime() - deadlineNanos < 0) {
      Pause.of(POLL);
    }
  }

  /** The first thread of a killed JVM is gone before the last one, which holds its sockets. */
  private void awaitPortsFree() {
    long deadlineNanos = System.nanoTime() + TERMINATE_GRACE.toNanos();
    while (!PortClaim.taken(ports()).isEmpty() && System.nanoTime() - deadlineNanos < 0) {
      Pause.of(POLL);
    }
  }

  private Path pidFile() {
    return folder.resolve("pid.json");
  }
}
