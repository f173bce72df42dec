package io.sluice.ops.cli;

import io.sluice.ops.sql.ClickHouseSql;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * A ClickHouse other than the deployment's own. Its password comes from the environment, as ps
 * shows arguments.
 */
final class ClickHouseOptions {
  static final String PASSWORD_VARIABLE = "CLICKHOUSE_PASSWORD";

  @Option(
      names = {"--clickhouse", "--url"},
      paramLabel = "<url>",
      description =
          "ClickHouse itself, such as http://127.0.0.1:8123; not the proxy, where each question"
              + " would cost a window (default: the deployment's)")
  private String url;

  @Option(
      names = "--user",
      paramLabel = "<name>",
      defaultValue = "${env:CLICKHOUSE_USER:-default}",
      description = "of --clickhouse; its password is taken from $" + PASSWORD_VARIABLE)
  private String user;

  ClickHouseSql server(CommandSpec verb, Deployment deployment) {
    return named(verb).orElseGet(() -> deployment.clickHouse(verb));
  }

  /** The server that was named; empty if none was. */
  Optional<ClickHouseSql> named(CommandSpec verb) {
    return Optional.ofNullable(url).map(text -> server(verb, text, user));
  }

  static ClickHouseSql server(CommandSpec verb, String url, String user) {
    URI server = Deployment.url(verb, "--clickhouse", url);
    String password = Optional.ofNullable(System.getenv(PASSWORD_VARIABLE)).orElse("");
    if (!fitsAHeader(user) || !fitsAHeader(password)) {
      // The HTTP client would quote it.
      throw new ParameterException(
          verb.commandLine(), "--user and $" + PASSWORD_VARIABLE + " have to be one line of text");
    }
    return new ClickHouseSql(server.toString()).as(user, password);
  }

  private static boolean fitsAHeader(String text) {
    return text.chars().noneMatch(Character::isISOControl);
  }
}
