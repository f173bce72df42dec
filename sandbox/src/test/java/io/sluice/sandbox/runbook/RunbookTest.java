package io.sluice.sandbox.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class RunbookTest {
  private static final String PAGE = "docs/operations.md";

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
                "```",
                "### Alert"));

    assertThat(parsed.functions()).isEqualTo("f() { :; }\n");
    assertThat(parsed.blocks())
        .containsExactly(new Runbook.Block("First", true, "one \\\n    two\nthree\n"));
    assertThat(parsed.headings()).containsExactly("# Page", "## First", "### Alert");
  }

  @Test
  void everyAlertHasASection() throws IOException {
    List<Map<String, Object>> alerts = alerts();

    assertThat(alerts).hasSizeGreaterThan(5);
    assertThat(runbook.headings())
        .contains(alerts.stream().map(alert -> "### " + alert.get("alert")).toArray(String[]::new));
  }

  @Test
  void alertsLinkToTheirSection() throws IOException {
    Stream<String> links =
        alerts().stream()
            .map(alert -> (Map<?, ?>) alert.get("annotations"))
            .map(annotations -> String.valueOf(annotations.get("runbook")))
            .filter(link -> link.contains(PAGE));

    assertThat(links)
        .allSatisfy(
            link ->
                assertThat(anchors()).contains(link.substring(link.indexOf(PAGE) + PAGE.length())));
  }

  @Test
  void linksWithinThePageLeadSomewhere() throws IOException {
    assertThat(matches("\\]\\((#[^)]+)\\)")).isNotEmpty().allMatch(anchors()::contains);
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

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> alerts() throws IOException {
    Map<String, Object> file =
        new Yaml().load(Files.readString(root().resolve("monitoring/prometheus/alerts.yml")));
    return ((List<Map<String, Object>>) file.get("groups"))
        .stream()
            .flatMap(group -> ((List<Map<String, Object>>) group.get("rules")).stream())
            .filter(rule -> rule.containsKey("alert"))
            .toList();
  }

  /** As GitHub makes them of headings, and those set by hand. */
  private List<String> anchors() throws IOException {
    return Stream.concat(
            runbook.headings().stream()
                .map(heading -> heading.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
                .map(heading -> "#" + heading.replaceAll("[^\\p{L}\\d _-]", "").replace(' ', '-')),
            matches("<a id=\"([^\"]+)\">").map(id -> "#" + id))
        .toList();
  }

  private static Stream<String> matches(String regex) throws IOException {
    return Pattern.compile(regex)
        .matcher(Files.readString(root().resolve(PAGE)))
        .results()
        .map((MatchResult match) -> match.group(1));
  }

  private static Path root() {
    return Path.of("..");
  }
}
