package io.sluice.sandbox.process;

import io.sluice.ops.OperatorException;
import io.sluice.ops.Pause;
import io.sluice.sandbox.Patience;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The process of one service: how it is started, watched and ended. All that is known of it is in
 * the service's folder, so that any later JVM can go on: {@code pid.json} and {@code
 * <service>.log}.
 */
public abstract class ServiceProcess {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration TERMINATE_GRACE = Duration.ofSeconds(10);

  private final Service service;
  private final Path folder;
  private final List<Integer> ports;

  /** Set by {@link #stop}, so that a start on another thread does not outrun it. */
  private boolean stopped;

  /**
   * @param folder the service's own folder, created at the first start
   * @param ports on which it will listen
   */
  protected ServiceProcess(Service service, Path folder, List<Integer> ports) {
    this.service = service;
    this.folder = folder.toAbsolutePath();
    this.ports = List.copyOf(ports);
  }

  /**
   * Writes configuration, formats storage, and says what to start. Called before every start, on
   * the data of the last run too.
   */
  protected abstract Command prepare();

  /** Asks the service itself whether it can do its work now; false while it cannot be reached. */
  protected abstract boolean answers();

  /** What the service needs of us once it answers; harmless when it is there already. */
  protected void equip() {}

  /** How long a start may add nothing to the log, from a loaded machine too. */
  protected Duration silentWithin() {
    return Duration.ofSeconds(90);
  }

  /** How long a start may take though the log grows: some servers complain for ever. */
  protected Duration readyWithin() {
    return Duration.ofMinutes(15);
  }

  public final Service service() {
    return service;
  }

  public final List<Integer> ports() {
    return ports;
  }

  protected final Path folder() {
    return folder;
  }

  protected final Path log() {
    return folder.resolve(service + ".log");
  }

  /** The running process; empty if there is none. */
  public final Optional<ProcessHandle> process() {
    return ProcessIdentity.read(pidFile()).flatMap(ProcessIdentity::running);
  }

  /** Whether the process runs and answers. */
  public final boolean isReady() {
    return process().isPresent() && answers();
  }

  /**
   * Starts the process and returns at once; {@link #awaitReady} does the waiting.
   *
   * @throws OperatorException if it runs already, or one of its ports is taken
   */
  public final void launch() {
    if (process().isPresent()) {
      throw OperatorException.wrongState(service + " is running already");
    }
    List<String> taken = takenPorts();
    if (!taken.isEmpty()) {
      throw OperatorException.failed(taken.get(0));
    }
    start(prepare());
  }

  /** Those that something else listens on: "port 9092 (kafka) is taken". */
  public final List<String> takenPorts() {
    return LocalPorts.taken(ports).stream()
        .map(port -> "port " + port + " (" + service + ") is taken")
        .toList();
  }

  private synchronized void start(Command command) {
    if (stopped) {
      throw OperatorException.failed(service + " was stopped before it started");
    }
    DetachedProcess.start(command, folder, log()).write(pidFile());
  }

  /**
   * Waits until the service answers, as long as its log grows: how long a start takes depends on
   * what else the machine does. Then equips it.
   *
   * @throws OperatorException if it dies, or writes no more without answering; quotes the end of
   *     its log
   */
  public final void awaitReady() {
    Patience silence = new Patience(silentWithin(), System::nanoTime);
    long deadlineNanos = System.nanoTime() + readyWithin().toNanos();
    while (!answers()) {
      if (process().isEmpty()) {
        throw notReady("died");
      }
      if (silence.isOver(log().toFile().length())) {
        throw notReady("wrote nothing for " + silentWithin().toSeconds() + " s");
      }
      if (System.nanoTime() - deadlineNanos > 0) {
        throw notReady("did not answer within " + readyWithin().toSeconds() + " s");
      }
      Pause.of(POLL);
    }
    equip();
  }

  private OperatorException notReady(String why) {
    return OperatorException.failed(
        service + " " + why + " while starting\n" + LogTail.describe(log()));
  }

  /** Ends the process and its children as a power cut would: kill -9. */
  public final boolean kill() {
    return end(false);
  }

  /**
   * Asks the process to end, and kills what has not ended ten seconds later. This object starts
   * none again.
   */
  public final synchronized boolean stop() {
    stopped = true;
    return end(true);
  }

  private boolean end(boolean gently) {
    Optional<ProcessHandle> process = process();
    process.ifPresent(
        root -> {
          // nginx answers from a worker, which would live on without its master.
          List<ProcessIdentity> family =
              Stream.concat(Stream.of(root), root.descendants())
                  .flatMap(one -> ProcessIdentity.of(one.pid()).stream())
                  .toList();
          if (gently) {
            root.destroy();
            await(() -> process().isEmpty());
          }
          family.forEach(one -> one.running().ifPresent(ProcessHandle::destroyForcibly));
          await(() -> family.stream().allMatch(one -> one.running().isEmpty()));
          // The first thread of a killed JVM is gone before the last one, which holds its sockets.
          await(() -> LocalPorts.taken(ports).isEmpty());
        });
    Folders.delete(pidFile());
    return process.isPresent();
  }

  private static void await(BooleanSupplier condition) {
    long deadlineNanos = System.nanoTime() + TERMINATE_GRACE.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() - deadlineNanos < 0) {
      Pause.of(POLL);
    }
  }

  private Path pidFile() {
    return folder.resolve("pid.json");
  }
}
