package io.sluice.sandbox.clickhouse;

import io.sluice.ops.OperatorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The builds of chDB, the ClickHouse engine as a library, that npm carries.
 *
 * <p>Package {@code @chdb/lib-<name>} holds {@code libchdb.so}, under that name on macOS too.
 */
enum ChdbPlatform {
  LINUX_X64("linux-x64-gnu"),
  LINUX_ARM64("linux-arm64-gnu"),
  DARWIN_X64("darwin-x64"),
  DARWIN_ARM64("darwin-arm64");

  /** The engine that the sandbox is tested with: ClickHouse 26.7. */
  static final String VERSION = "26.7.3-stable.1";

  private final String npmName;

  ChdbPlatform(String npmName) {
    this.npmName = npmName;
  }

  /**
   * The platform of this machine.
   *
   * @throws OperatorException if there is no build for it; the message says what to do
   */
  static ChdbPlatform current() {
    boolean musl = Files.exists(Path.of("/etc/alpine-release"));
    return of(System.getProperty("os.name"), System.getProperty("os.arch"), musl);
  }

  static ChdbPlatform of(String osName, String osArch, boolean musl) {
    String os = osName.toLowerCase(Locale.ROOT);
    boolean arm = osArch.equals("aarch64") || osArch.equals("arm64");
    boolean intel = osArch.equals("amd64") || osArch.equals("x86_64");
    if (os.startsWith("linux") && !musl && (arm || intel)) {
      return arm ? LINUX_ARM64 : LINUX_X64;
    }
    if (os.startsWith("mac") && (arm || intel)) {
      return arm ? DARWIN_ARM64 : DARWIN_X64;
    }
    throw OperatorException.failed(
        "There is no chDB library for "
            + osName
            + " "
            + osArch
            + (musl ? " with musl" : "")
            + ". It exists for Linux (glibc) and macOS on x86-64 and arm64. Elsewhere run Kafka,"
            + " Flink, ClickHouse and the proxy in Docker and submit job/target/job.jar to them.");
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
