package io.sluice.bench.queries;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where it was measured. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record Machine(String processor, int cores, long memoryMib, String engine) {
  static Machine here(BenchClient client) {
    return new Machine(
        field("/proc/cpuinfo", "model name"),
        Runtime.getRuntime().availableProcessors(),
        memoryMib(field("/proc/meminfo", "MemTotal")),
        client.rows("SELECT version()").path(0).path(0).asText());
  }

  private static long memoryMib(String kilobytes) {
    String digits = kilobytes.replaceAll("\\D", "");
    return digits.isEmpty() ? 0 : Long.parseLong(digits) >> 10;
  }

  /** Empty where the operating system has no such file. */
  private static String field(String file, String name) {
    try {
      List<String> lines = Files.readAllLines(Path.of(file));
      return lines.stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("");
    } catch (IOException notLinux) {
      return "";
    }
  }
}
