package io.sluice.sandbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ops.Json;
import io.sluice.ops.kafka.KafkaAccess;
import io.sluice.sandbox.flink.JobRecord;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A secret in whatever place somebody may type it is not printed. */
class SecretsTest {
  private static final String CANARY = "c4n4ry";

  @TempDir Path dir;

  private static List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (String password : List.of("", "a|", "#", "/", " ")) {
      texts.add("http://user:" + password + CANARY + "@host:8123");
      texts.add("user:" + password + CANARY + "@host");
      texts.add("http://host:8123/?password=" + password + CANARY);
      texts.add("http://host:8123/" + "#" + password + CANARY);
    }
    return texts;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "audit --url %s --dir DIR",
        "audit --url=%s --dir DIR",
        "audit --pasword %s --dir DIR",
        "audit --password=%s --dir DIR",
        "audit --password CANARY --dir DIR",
        "audit -pCANARY --dir DIR",
        "audit -p%s --dir DIR",
        "audit %s --dir DIR",
        "audit CANARY --dir DIR",
        "rebuild http_log_day --url %s --dir DIR",
        "rebuild %s --dir DIR",
        "rebuild http_log_day --since %s --dir DIR",
        "rebuild http_log_day --url http://host:1 --user=a --url=%s",
        "dead-letters list --since %s --brokers localhost:1",
        "dead-letters list --password=%s",
        "dead-letters list --limit=%s",
        "dead-letters list --command-config %s --brokers localhost:1",
        "produce --rate %s --dir DIR",
        "produce --records=%s --dir DIR",
        "up --proxy-rate %s --dir DIR",
        "up --proxy=%s --dir DIR",
        "submit --clickhouse.password CANARY --dir DIR",
        "submit --clickhouse.password=%s --dir DIR",
        "submit --dir DIR -- --clickhouse.endpoints %s",
        "resume --dir DIR -- --clickhouse.password CANARY",
        "resume --clickhouse.password=CANARY --dir DIR",
        "kill %s --dir DIR",
        "drain --within %s --dir DIR",
        "soak --duration %s",
        "CANARY",
        "--password=CANARY",
        "%s",
      })
  void isNotPrinted(String line) {
    CommandLine verbs = Main.commandLine();
    for (String text : texts()) {
      StringWriter said = new StringWriter();
      String[] arguments = line.split(" ");
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] =
            arguments[i]
                .replace("%s", text)
                .replace("CANARY", CANARY)
                .replace("DIR", dir.resolve("none").toString());
      }
      verbs.setOut(new PrintWriter(said)).setErr(new PrintWriter(said));

      assertThat(verbs.execute(arguments)).as("%s with %s", line, text).isNotZero();
      assertThat(said.toString()).as("%s with %s", line, text).isNotBlank().doesNotContain(CANARY);
    }
  }

  @Test
  void isNotInTheTextOfValues() {
    JobRecord job = new JobRecord("id", List.of("--clickhouse.password", CANARY), null, true);

    assertThat(job.toString() + new KafkaAccess("k:1", Map.of("sasl.jaas.config", CANARY)))
        .doesNotContain(CANARY);
  }

  @Test
  void isInAFileThatOnlyItsOwnerReads() throws Exception {
    Path file = dir.resolve("job.json");
    Json.write(file, "readable by all");

    Json.writePrivate(file, new JobRecord("id", List.of("--x", CANARY), null, true));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Json.read(file, JobRecord.class).orElseThrow().arguments()).contains(CANARY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sasl.jaas.config=" + CANARY,
        "sasl.jaas.config=a.B required password=" + CANARY,
        "sasl.jaas.config=a.B " + CANARY + " password=x;",
        "security.protocol=" + CANARY,
        "retries=" + CANARY,
        "\\uzz" + CANARY,
      })
  void isNotPrintedFromAFileForTheKafkaClients(String settings) throws Exception {
    Path file =
        Files.writeString(dir.resolve("client"), "security.protocol=SASL_PLAINTEXT\n" + settings);
    StringWriter said = new StringWriter();
    CommandLine verbs = Main.commandLine();
    verbs.setOut(new PrintWriter(said)).setErr(new PrintWriter(said));

    String line = "dead-letters list --brokers localhost:1 --command-config " + file;
    assertThat(verbs.execute(line.split(" "))).isNotZero();
    assertThat(said.toString()).isNotBlank().doesNotContain(CANARY);
  }
}
