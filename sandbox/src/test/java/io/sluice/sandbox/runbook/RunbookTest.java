package io.sluice.sandbox.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RunbookTest {
  private final Runbook runbook = Runbook.read();

  @Test
  void takesTheCommandsOutOfThePage() {
    Runbook parsed =
        Runbook.parse(
            List.of(
                "# Page",
                "```sh sandbox",
                "f() { :; }",
                "```",
                "## First",
                "```console sandbox quiet",
                "$ one \\",
                "    two",
                "output",
                "$ three",
                "```",
                "```console",
                "$ elsewhere",
                "```"));

    assertThat(parsed.functions()).isEqualTo("f() { :; }\n");
    assertThat(parsed.blocks())
        .containsExactly(new Runbook.Block("First", true, "one \\\n    two\nthree\n"));
  }

  @Test
  void eachProcedureHasCommandsThatAreTried() {
    assertThat(runbook.blocks().stream().map(Runbook.Block::section).distinct())
        .containsExactly(
            "First start",
            "Raise the retention",
            "Upgrade",
            "Rollback",
            "Rescale",
            "Restore from a retained checkpoint",
            "Drain before shutdown",
            "ClickHouse maintenance",
            "Kafka maintenance",
            "Replay dead letters",
            "Rotate credentials");
  }

  /** Pages for all platforms have only commands that stand on the one whose commands are tried. */
  @Test
  void commandsForAllPlatformsAreThoseThatAreTried() throws IOException {
    Set<String> tried =
        runbook.blocks().stream()
            .flatMap(block -> block.script().lines())
            .collect(Collectors.toSet());
    List<String> common =
        Pattern.compile("(?m)^\\$ ((?:flink|kafka|sql|metric) .*)$")
            .matcher(Files.readString(Path.of("../docs/operations/README.md")))
            .results()
            .map(match -> match.group(1))
            .toList();

    assertThat(common).hasSizeGreaterThan(5);
    assertThat(tried).containsAll(common);
  }
}
