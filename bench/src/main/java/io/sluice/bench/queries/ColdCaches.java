package io.sluice.bench.queries;

import io.sluice.ops.OperatorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes the next query a cold one. */
final class ColdCaches {
  private static final Path DROP_PAGES = Path.of("/proc/sys/vm/drop_caches");
  private static final String PAGES_AND_NAMES = "3\n";

  /** Of the engine; those that a version does not have are skipped. */
  private static final List<String> CACHES =
      List.of(
          "MARK CACHE",
          "UNCOMPRESSED CACHE",
          "INDEX MARK CACHE",
          "INDEX UNCOMPRESSED CACHE",
          "PRIMARY INDEX CACHE",
          "QUERY CONDITION CACHE");

  private final BenchClient client;
  private final List<String> known;
  private final boolean dropsPages;

  /**
   * @param pagesToo whether to drop those of the operating system, which the whole machine shares
   */
  ColdCaches(BenchClient client, boolean pagesToo) {
    this.client = client;
    this.known = CACHES.stream().filter(this::drop).toList();
    this.dropsPages = pagesToo && dropPages();
  }

  /** Whether the operating system's copies of files are dropped too: only root may. */
  boolean dropsPages() {
    return dropsPages;
  }

  void drop() {
    known.forEach(this::drop);
    if (dropsPages) {
      dropPages();
    }
  }

  private boolean drop(String cache) {
    try {
      client.run("SYSTEM DROP " + cache);
      return true;
    } catch (OperatorException unknownHere) {
      return false;
    }
  }

  private static boolean dropPages() {
    try {
      Files.writeString(DROP_PAGES, PAGES_AND_NAMES);
      return true;
    } catch (IOException notAllowed) {
      return false;
    }
  }
}
