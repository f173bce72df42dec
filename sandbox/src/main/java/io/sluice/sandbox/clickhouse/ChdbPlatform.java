package io.sluice.sandbox.clickhouse;

import io.sluice.ops.OperatorException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A build of chDB, the ClickHouse engine as a library, that npm carries: package {@code
 * @chdb/lib-<name>} holds {@code libchdb.so}, under that name on macOS too.
 */
public record ChdbPlatform(String npmName) {
  /** The engine that the sandbox is tested with: ClickHouse 26.7. */
  private static final String VERSION = "26.7.3-stable.1";

  /**
   * The platform of this machine.
   *
   * @throws OperatorException if there is no build for it; the message says what to do
   */
  public static ChdbPlatform current() {
    boolean musl = Files.exists(Path.of("/etc/alpine-release"));
    return of(System.getProperty("os.name"), System.getProperty("os.arch"), musl);
  }

  static ChdbPlatform of(String osName, String osArch, boolean musl) {
    String arch =
        switch (osArch) {
          case "aarch64", "arm64" -> "arm64";
          case "amd64", "x86_64" -> "x64";
          default -> "";
        };
    if (osName.startsWith("Linux") && !musl && !arch.isEmpty()) {
      return new ChdbPlatform("linux-" + arch + "-gnu");
    }
    if (osName.startsWith("Mac") && !arch.isEmpty()) {
      return new ChdbPlatform("darwin-" + arch);
    }
    throw OperatorException.failed(
        "There is no chDB library for %s %s%s. It exists for Linux (glibc) and macOS on x86-64 and"
                .formatted(osName, osArch, musl ? " with musl" : "")
            + " arm64. Elsewhere run Kafka, Flink, ClickHouse and the proxy in Docker and submit"
            + " job/target/job.jar to them.");
  }

  /** What {@code npm pack} is asked for. */
  String npmPackage() {
    return "@chdb/lib-" + npmName + "@" + VERSION;
  }

  /** A folder name that no other version or platform has. */
  String folderName() {
    return "chdb-" + npmName + "-" + VERSION;
  }
}
