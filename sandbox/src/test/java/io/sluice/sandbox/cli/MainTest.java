package io.sluice.sandbox.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.ops.cli.DurationConverter;
import io.sluice.ops.cli.TimeConverter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

class MainTest {
  @TempDir Path dir;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "up",
        "down",
        "status",
        "produce",
        "sql",
        "audit",
        "dead-letters list",
        "dead-letters show",
        "dead-letters replay",
        "drain",
        "flink",
        "kafka",
        "rebuild",
        "kill",
        "start",
        "submit",
        "savepoint",
        "stop",
        "resume",
        "capacity"
      })
  void everyVerbHasHelp(String verb) {
    assertThat(execute((verb + " --help").split(" "))).isZero();
    assertThat(out.toString()).startsWith("Usage: sluice " + verb).contains("--dir");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void tellsTheVersionOfTheBuild() {
    assertThat(execute("--version")).isZero();
    assertThat(out.toString()).matches("sluice \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
  }

  @Test
  void theHelpOfAllListsTheVerbs() {
    assertThat(execute("--help")).isZero();
    assertThat(out.toString())
        .containsSubsequence("  demo ", "  up ", "  down ", "  produce ", "  drain ", "Exit codes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bogus",
        "up --proxy-rate often",
        "up --port-offset 99999",
        "up --kafka-retention soon",
        "demo --rate 0",
        "produce --delay often",
        "produce --delay 5s --rate 2",
        "kill nginx",
        "sql",
        "dead-letters",
        "dead-letters show",
        "dead-letters show http_log",
        "dead-letters list --since yesterday",
        "dead-letters replay --limit 0",
        "dead-letters replay --since 1h --until 2h",
        "dead-letters replay --per-transaction 0 --brokers localhost:1",
        "drain --within soon",
        "flink",
        "kafka",
        "kafka console-consumer",
        "rebuild",
        "rebuild no;name",
        "rebuild http_log_day --since soon",
        "up --taskmanager-memory 100m",
        ""
      })
  void wrongUsageIsOneLineAndExitCodeTwo(String line) {
    assertThat(execute(line.isEmpty() ? new String[0] : line.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1).first().asString().contains("--help");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "down",
        "status",
        "produce",
        "audit",
        "savepoint",
        "stop",
        "resume",
        "drain",
        "dead-letters list",
        "dead-letters replay"
      })
  void verbsOfARunningStackSayThatThereIsNone(String verb) {
    assertThat(execute((verb + " --dir " + dir).split(" "))).isEqualTo(3);
    assertThat(err.toString()).contains("no stack in " + dir).contains("./sluice up");
  }

  @Test
  void whatComesBehindAToolIsTheTools() {
    assertThat(execute("flink", "--dir", dir.toString(), "run", "--help")).isEqualTo(3);
    assertThat(execute("kafka", "--dir", dir.toString(), "topics", "--help")).isEqualTo(3);
    assertThat(execute("kafka", "--dir", dir.toString(), "kafka-get-offsets.sh")).isEqualTo(3);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void whatIsNoToolOrServiceIsToldFromThoseThatAre() {
    execute("kafka", "console-consumer");
    execute("kill", "nginx");

    assertThat(err.toString())
        .contains("none of [topics, configs, consumer-groups, get-offsets]")
        .contains("none of [kafka, clickhouse, proxy, jobmanager, taskmanager]");
  }

  @Test
  void timesAreReadAsMomentsOrAsAges() {
    TimeConverter converter = new TimeConverter();

    assertThat(converter.convert("2026-11-20T18:30:00Z")).isEqualTo("2026-11-20T18:30:00Z");
    assertThat(converter.convert("2026-11-20T18:30:00+02:00")).isEqualTo("2026-11-20T16:30:00Z");
    assertThat(converter.convert("2h"))
        .isCloseTo(Instant.now().minusSeconds(7_200), within(10, ChronoUnit.SECONDS));
    assertThatThrownBy(() -> converter.convert("noon")).isInstanceOf(TypeConversionException.class);
  }

  @Test
  void memoryIsReadAsFlinkWritesIt() {
    MebibytesConverter converter = new MebibytesConverter();

    assertThat(converter.convert("1728m")).isEqualTo(1_728);
    assertThat(converter.convert("4g")).isEqualTo(4_096);
    assertThatThrownBy(() -> converter.convert("4")).isInstanceOf(TypeConversionException.class);
  }

  @Test
  void durationsAreReadAsPeopleWriteThem() {
    DurationConverter converter = new DurationConverter();

    assertThat(converter.convert("90s")).isEqualTo(Duration.ofSeconds(90));
    assertThat(converter.convert("3m")).isEqualTo(Duration.ofMinutes(3));
    assertThat(converter.convert("500ms")).isEqualTo(Duration.ofMillis(500));
    assertThatThrownBy(() -> converter.convert("3")).isInstanceOf(TypeConversionException.class);
  }

  private int execute(String... arguments) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments);
  }
}
