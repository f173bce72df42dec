package io.sluice.ops.audit;

import io.sluice.ops.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * All runs of the producer against one stack; what the audit compares ClickHouse with. Kept in
 * {@code produced.json}, since Kafka forgets.
 */
public record Ledger(List<ProducedRun> runs) {
  public static Ledger read(Path file) {
    return Json.read(file, Ledger.class).orElseGet(() -> new Ledger(List.of()));
  }

  /** Enters a new run, which has not finished, and returns it. */
  public static ProducedRun open(Path file, long seed, boolean traceable) {
    return locked(
        file,
        () -> {
          int ordinal = read(file).runs().stream().mapToInt(ProducedRun::run).max().orElse(0) + 1;
          return put(file, ProducedRun.started(ordinal, seed, traceable));
        });
  }

  public static ProducedRun update(Path file, ProducedRun run) {
    return locked(file, () -> put(file, run));
  }

  private static ProducedRun put(Path file, ProducedRun run) {
    List<ProducedRun> runs = new ArrayList<>(read(file).runs());
    runs.removeIf(old -> old.run() == run.run());
    runs.add(run);
    Json.write(file, new Ledger(runs));
    return run;
  }

  /** Keeps out other producers, in this process and in others. */
  private static synchronized ProducedRun locked(Path file, Supplier<ProducedRun> action) {
    Path lock = file.resolveSibling(file.getFileName() + ".lock");
    try {
      Files.createDirectories(lock.toAbsolutePath().getParent());
      try (FileChannel channel =
          FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.lock();
        return action.get();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock " + lock, e);
    }
  }
}
