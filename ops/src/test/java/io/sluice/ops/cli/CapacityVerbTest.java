package io.sluice.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** On the shipped figures, without any server. */
class CapacityVerbTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void answersForOneRateByTable() {
    assertThat(execute("capacity --rate 5000 --retention-raw 30d --retention-day 2y")).isZero();

    assertThat(out.toString())
        .contains("5000 messages/s, disk after merges")
        .containsPattern("\\| http_log +\\| +37.0 \\| +100 % \\| +16.0 G \\|")
        .containsPattern("\\| http_log_day +\\| +730 \\|")
        .contains("| all ", "(too large)", "Merges: ");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void comparesSeveralRates() {
    assertThat(execute("capacity --rate 100,5000")).isZero();

    assertThat(out.toString()).containsPattern("\\| table +\\| days kept \\| +100/s \\| +5.00 k/s");
  }

  @Test
  void moreMessagesTakeMoreDisk() {
    execute("capacity --rate 10");
    String slow = lastTotal();
    execute("capacity --rate 20000");

    assertThat(slow).endsWith(" GB");
    assertThat(lastTotal()).endsWith(" TB");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "capacity",
        "capacity --rate 0",
        "capacity --rate 100,-1",
        "capacity --rate many",
        "capacity --rate 1 --lanes 0",
        "capacity --rate 1 --proxy-rate often",
        "capacity --rate 1 --retention-raw 0d",
        "capacity --rate 1 --retention-raw 30h",
        "capacity --rate 1 --sample a.json --url http://127.0.0.1:1"
      })
  void wrongUsageIsOneLineAndExitCodeTwo(String line) {
    assertThat(execute(line)).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void saysWhichSampleIsMissing() {
    assertThat(execute("capacity --rate 1 --sample no/such.json")).isOne();
    assertThat(err.toString()).contains("there is no no/such.json");
  }

  @Test
  void retentionsAreReadAsPeopleWriteThem() {
    DurationConverter converter = new DurationConverter();

    assertThat(converter.convert("30d")).isEqualTo(Duration.ofDays(30));
    assertThat(converter.convert("2w")).isEqualTo(Duration.ofDays(14));
    assertThat(converter.convert("2y")).isEqualTo(Duration.ofDays(730));
    assertThatThrownBy(() -> converter.convert("2")).isInstanceOf(TypeConversionException.class);
  }

  /** The disk in the table's last line, such as {@code 1.23 GB}, without a star. */
  private String lastTotal() {
    String line =
        out.toString()
            .lines()
            .filter(l -> l.startsWith("| all "))
            .reduce((a, b) -> b)
            .orElseThrow();
    return line.replaceAll("[|*]", " ").replace("all", " ").strip();
  }

  private int execute(String line) {
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    return command.execute(line.split(" ", -1));
  }
}
