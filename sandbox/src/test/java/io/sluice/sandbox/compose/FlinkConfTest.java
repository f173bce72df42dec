package io.sluice.sandbox.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.flink.FlinkConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code flink-conf/config.yaml}, which sandbox, compose, image and Kubernetes share. */
class FlinkConfTest {
  private static final Pattern TO_BE_USED = Pattern.compile("#([a-z][\\w.-]*: .+)");

  @Test
  void noKeyIsSetTwice() throws IOException {
    assertThat(keys(lines())).hasSizeGreaterThan(30).doesNotHaveDuplicates();
  }

  @Test
  void itHasNoAddressesPortsOrHosts() throws IOException {
    assertThat(keys(lines()))
        .noneMatch(key -> key.matches(".*(rpc|bind|rest|blob)\\b.*|.*\\.host"));
  }

  @Test
  void stateIsWhereComposeAndTheImageHaveTheirVolumes() throws IOException {
    FlinkConfiguration conf = new FlinkConfiguration(lines());

    assertThat(ComposeFile.texts(ComposeFile.read().service("taskmanager").path("volumes")))
        .contains(
            "checkpoints:" + folder(conf, "execution.checkpointing.dir"),
            "./savepoints:" + folder(conf, "execution.checkpointing.savepoint-dir"));
    assertThat(Files.readString(ComposeFile.ROOT.resolve("Dockerfile")))
        .contains(
            "mkdir -p "
                + folder(conf, "execution.checkpointing.dir")
                + " "
                + folder(conf, "execution.checkpointing.savepoint-dir"));
  }

  @Test
  void settingsToBeUsedForS3AndHighAvailabilityAreOfTheSameForm() throws IOException {
    List<String> offered =
        lines().stream()
            .map(TO_BE_USED::matcher)
            .filter(Matcher::matches)
            .map(match -> match.group(1))
            .toList();

    FlinkConfiguration conf = new FlinkConfiguration(offered);

    assertThat(conf.get("execution.checkpointing.dir").orElseThrow()).startsWith("s3://");
    assertThat(conf.get("s3.endpoint")).isPresent();
    assertThat(conf.get("high-availability.type")).contains("kubernetes");
    assertThat(conf.get("high-availability.storageDir").orElseThrow()).startsWith("s3://");
  }

  private static String folder(FlinkConfiguration conf, String key) {
    return conf.get(key).orElseThrow().replace("file://", "");
  }

  private static List<String> keys(List<String> lines) {
    return lines.stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.substring(0, line.indexOf(": ")))
        .collect(Collectors.toList());
  }

  private static List<String> lines() throws IOException {
    return Files.readAllLines(ComposeFile.ROOT.resolve("flink-conf/config.yaml"));
  }
}
