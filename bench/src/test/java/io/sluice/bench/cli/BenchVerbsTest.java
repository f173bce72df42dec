package io.sluice.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The verbs that this module adds to {@code ./sluice}. */
class BenchVerbsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void areListedBesideTheOthers() {
    assertThat(execute("--help")).isZero();
    assertThat(out.toString()).contains("demo", "bench", "soak", "chaos", "chaos-report");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bench pipeline", "bench checkpoints", "bench queries", "soak", "chaos"})
  void haveHelp(String verb) {
    assertThat(execute(verb + " --help")).isZero();
    assertThat(out.toString()).startsWith("Usage: sluice " + verb).contains("--dir");
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bench",
        "bench pipeline --rounds 0",
        "bench pipeline --records 0",
        "bench checkpoints --hang 0s",
        "bench queries --rows 0",
        "bench queries --runs 0",
        "bench queries --only urls",
        "bench checkpoints --hang 1h",
        "bench checkpoints --taskmanager-memory much",
        "soak --rate 0",
        "soak --duration 10m --outage 10m",
        "soak --outage 0s",
        "soak --sample-every 100ms",
        "soak --full-gc-every 0s",
        "soak --buffer-max 0m"
      })
  void wrongUsageIsOneLineAndExitCodeTwo(String line) {
    assertThat(execute(line)).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void sayWhichDefaultsOfTheStackTheyChange() {
    assertThat(execute("bench pipeline --help")).isZero();
    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains("in nginx's notation (default: 6000r/m)")
        .contains("keeps messages (default: 1h)")
        .contains("of the TaskManager (default: 4)");
  }

  /** Every ./sluice in the runbook, parsed but not run. */
  @Test
  void theRunbookUsesVerbsAndOptionsThatThereAre() throws Exception {
    StringBuilder pages = new StringBuilder();
    for (String page : List.of("README", "sandbox", "compose", "kubernetes")) {
      pages.append(Files.readString(Path.of("../docs/operations", page + ".md"))).append('\n');
    }
    List<String> lines =
        Pattern.compile("(?m)^[$] \\./sluice (.*)$")
            .matcher(pages)
            .results()
            .map(
                match ->
                    match.group(1).replaceFirst(" +#.*", "").replaceAll(" --?[a-z-]+ '[^']*'", ""))
            .toList();

    assertThat(lines).hasSizeGreaterThan(20);
    assertThat(lines)
        .allSatisfy(line -> Main.commandLine().parseArgs(line.replace("\"", "").split(" ")));
  }

  private int execute(String line) {
    CommandLine verbs = Main.commandLine();
    verbs.setOut(new PrintWriter(out));
    verbs.setErr(new PrintWriter(err));
    return verbs.execute(line.split(" ", -1));
  }
}
