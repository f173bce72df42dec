package io.sluice.bench.queries;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All that was measured; null or empty what was not.
 *
 * @param coldFromDisk whether cold runs read from the disk, not from the operating system's memory
 * @param snapshotSeconds that each snapshot took to be taken
 * @param busyRowsPerSecond inserted during the busy runs
 */
record QueriesResult(
    Machine machine,
    DataSet dataSet,
    DiskUse disk,
    boolean coldFromDisk,
    Map<String, Double> snapshotSeconds,
    List<QuestionResult> questions,
    long busyRowsPerSecond,
    List<InsertResult> inserts) {

  /**
   * How fast rows went into one variant.
   *
   * @param rowsPerSecond while inserting: the median of the rounds
   * @param cpuSecondsPerMillionRows of the server, with the merges that followed
   */
  record InsertResult(
      InsertVariant variant,
      int rowsPerInsert,
      long rowsPerSecond,
      double cpuSecondsPerMillionRows) {}

  /** Where it was measured. */
  record Machine(String processor, int cores, long memoryMib, String engine) {
    static Machine here(BenchClient client) {
      OperatingSystemMXBean system =
          (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      return new Machine(
          processorName(),
          system.getAvailableProcessors(),
          system.getTotalMemorySize() >> 20,
          client.rows("SELECT version()").path(0).path(0).asText());
    }

    /** Empty where the operating system has no such file. */
    private static String processorName() {
      try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
        return lines
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse("");
      } catch (IOException notLinux) {
        return "";
      }
    }
  }
}
