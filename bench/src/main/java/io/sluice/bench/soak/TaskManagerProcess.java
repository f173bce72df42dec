package io.sluice.bench.soak;

import io.sluice.ops.OperatorException;
import io.sluice.sandbox.process.Command;
import io.sluice.sandbox.process.Subprocess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The TaskManager as the operating system sees it.
 *
 * @param pid of its JVM
 */
record TaskManagerProcess(long pid) {
  private static final Duration COLLECT_WITHIN = Duration.ofSeconds(30);
  private static final long BYTES_PER_KIB = 1_024;

  /** Its resident memory in bytes; NaN where the system has no {@code /proc}. */
  double residentBytes() {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * BYTES_PER_KIB)
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException unknown) {
      return Double.NaN;
    }
  }

  /**
   * Lets the JVM do a full garbage collection, which takes a JDK's {@code jcmd}.
   *
   * @throws OperatorException if there is no {@code jcmd} beside this java
   */
  void collect() {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    if (!Files.exists(jcmd)) {
      throw OperatorException.failed("--full-gc-every needs a JDK; there is no " + jcmd);
    }
    Subprocess.run(
        new Command(List.of(jcmd.toString(), Long.toString(pid), "GC.run")), COLLECT_WITHIN);
  }
}
