package io.sluice.sandbox.clickhouse;

import io.sluice.ops.OperatorException;
import io.sluice.sandbox.process.Command;
import io.sluice.sandbox.process.Folders;
import io.sluice.sandbox.process.Subprocess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The engine's shared library, fetched once from npm into a cache folder. */
public final class ChdbLibrary {
  private static final String FILE_NAME = "libchdb.so";
  private static final Duration FETCH_WITHIN = Duration.ofHours(2);

  private static final String FETCH =
      "cd \"$0\" && npm pack --silent \"$1\" && tar -xzf *.tgz package/" + FILE_NAME;

  /** Two threads of one JVM cannot both hold a file lock; they take turns here first. */
  private static final Object WITHIN_THIS_PROCESS = new Object();

  private ChdbLibrary() {}

  /**
   * The path of {@code libchdb.so} for this machine, downloaded (178 MB) and unpacked (566 MB) on
   * first use. Safe when several processes ask at once: one fetches, the others wait. The file
   * appears under its name only when it is whole.
   *
   * @param cacheDir where the library is kept; created if it does not exist
   * @param progress takes a line before the download; none if the library is there
   * @throws OperatorException if there is no build for this machine, or it cannot be fetched; the
   *     message has what npm or tar said
   */
  public static Path ensure(Path cacheDir, Consumer<String> progress) {
    ChdbPlatform platform = ChdbPlatform.current();
    Path folder = cacheDir.toAbsolutePath().resolve(platform.folderName());
    Path library = folder.resolve(FILE_NAME);
    if (Files.exists(library)) {
      return library;
    }
    synchronized (WITHIN_THIS_PROCESS) {
      try {
        Files.createDirectories(folder);
        try (FileChannel channel =
                FileChannel.open(
                    folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.lock()) {
          if (lock.isValid() && !Files.exists(library)) {
            progress.accept("Downloading ClickHouse " + platform.npmPackage() + ": 178 MB by npm");
            fetch(platform, library);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot get the clickhouse engine", e);
      }
    }
    return library;
  }

  private static void fetch(ChdbPlatform platform, Path library) throws IOException {
    Path work = Files.createTempDirectory(library.getParent(), "fetch-");
    try {
      Subprocess.run(
          new Command(List.of("bash", "-c", FETCH, work.toString(), platform.npmPackage())),
          FETCH_WITHIN);
      Files.move(
          work.resolve("package").resolve(FILE_NAME), library, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Folders.delete(work);
    }
  }
}
