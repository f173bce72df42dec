package io.sluice.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class ClickHouseOptionsTest {
  @Command
  private static final class Verb {
    @Mixin private ClickHouseOptions server;
  }

  @Test
  void withoutAnUrlTheDeploymentIsMeant() {
    assertThat(server()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://127.0.0.1:8123", "https://clickhouse.example/", "http://[::1]:8123"})
  void anAddressIsEnough(String url) {
    assertThat(server("--url", url)).isPresent();
    assertThat(server("--clickhouse", url)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:canary@host:8123",
        "http://user:ca|nary@host",
        "http://host?password=canary",
        "http://host/#canary",
        "host:8123",
        "ftp://host/canary"
      })
  void anyOtherIsRefusedAndNotQuoted(String url) {
    assertThatThrownBy(() -> server("--url", url))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("--clickhouse has to be http(s)://host:port")
        .hasMessageNotContaining("nary")
        .hasMessageNotContaining("user:");
  }

  private static Optional<?> server(String... arguments) {
    CommandLine line = new CommandLine(new Verb());
    line.parseArgs(arguments);
    return ((Verb) line.getCommand()).server.named(line.getCommandSpec());
  }
}
