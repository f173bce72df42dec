package io.sluice.sandbox.stack;

import io.sluice.ops.Json;
import io.sluice.ops.OperatorException;
import io.sluice.sandbox.config.StackOptions;
import io.sluice.sandbox.process.Folders;
import io.sluice.sandbox.process.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Everything that a stack keeps on disk.
 *
 * <pre>
 * stack.json       options of the last start
 * job.json         the job submitted last
 * produced.json    what was produced
 * kafka/ clickhouse/ proxy/ jobmanager/ taskmanager/    pid.json, log, data of each
 * flink/           configuration, checkpoints
 * savepoints/      unless this is the checkout's own stack, whose savepoints are in the checkout's
 * </pre>
 */
public record StateFolder(Path dir) {
  public StateFolder {
    dir = dir.toAbsolutePath().normalize();
  }

  Path of(Service service) {
    return dir.resolve(service.toString());
  }

  Path flink() {
    return dir.resolve("flink");
  }

  Path job() {
    return dir.resolve("job.json");
  }

  /** See {@link io.sluice.sandbox.proxy.AccessLog}. */
  public Path proxyLog() {
    return of(Service.PROXY).resolve("access.log");
  }

  /** See {@link io.sluice.ops.audit.Ledger}. */
  public Path ledger() {
    return dir.resolve("produced.json");
  }

  Optional<StackOptions> options() {
    return Json.read(dir.resolve("stack.json"), StackOptions.class);
  }

  void write(StackOptions options) {
    Json.write(dir.resolve("stack.json"), options);
  }

  /** Does something while every other command that does the same here is held off. */
  <T> T alone(String what, Supplier<T> action) {
    Path file = dir.resolve(what + ".lock");
    try {
      Files.createDirectories(dir);
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        if (tryLock(channel) == null) {
          throw OperatorException.wrongState("another " + what + " runs in " + dir);
        }
        return action.get();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock " + file, e);
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  /**
   * Deletes data, logs and records of a stack that does not run; the downloaded engine stays. Only
   * what this class knows is touched, whatever folder it was pointed at.
   */
  void deleteData() {
    Stream<String> names =
        Stream.of("flink", "savepoints", "stack.json", "job.json", "produced.json");
    Stream.concat(Stream.of(Service.values()).map(this::of), names.map(dir::resolve))
        .forEach(Folders::delete);
  }
}
