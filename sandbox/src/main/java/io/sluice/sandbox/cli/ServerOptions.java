package io.sluice.sandbox.cli;

import io.sluice.sandbox.sql.ClickHouseSql;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * A ClickHouse other than the stack's. Its password comes from the environment, as ps shows
 * arguments.
 */
final class ServerOptions {
  static final String PASSWORD_VARIABLE = "CLICKHOUSE_PASSWORD";

  @Option(
      names = "--url",
      paramLabel = "<url>",
      description =
          "ask this ClickHouse instead of the stack's, such as http://127.0.0.1:8123; not the"
              + " proxy, where each question would cost a window")
  private String url;

  @Option(
      names = "--user",
      paramLabel = "<name>",
      defaultValue = "default",
      description =
          "of --url; its password is taken from $"
              + PASSWORD_VARIABLE
              + " (default: ${DEFAULT-VALUE})")
  private String user;

  /** The server that was named; empty if none was. */
  Optional<ClickHouseSql> server(CommandSpec verb) {
    return Optional.ofNullable(url)
        .map(
            text -> {
              if (!isPlain(text)) {
                // Not quoted: it may hold a password.
                throw new ParameterException(
                    verb.commandLine(),
                    "--url has to be http(s)://host:port and no more; the user goes into --user,"
                        + " the password into $"
                        + PASSWORD_VARIABLE);
              }
              String password = Optional.ofNullable(System.getenv(PASSWORD_VARIABLE)).orElse("");
              if (!fitsAHeader(user) || !fitsAHeader(password)) {
                // The HTTP client would quote it.
                throw new ParameterException(
                    verb.commandLine(),
                    "--user and $" + PASSWORD_VARIABLE + " have to be one line of text");
              }
              return new ClickHouseSql(text.replaceFirst("/$", "")).as(user, password);
            });
  }

  private static boolean fitsAHeader(String text) {
    return text.chars().noneMatch(Character::isISOControl);
  }

  private static boolean isPlain(String text) {
    try {
      URI parsed = new URI(text);
      return parsed.getScheme() != null
          && parsed.getScheme().matches("https?")
          && parsed.getHost() != null
          && parsed.getRawUserInfo() == null
          && parsed.getRawQuery() == null
          && parsed.getRawFragment() == null
          && parsed.getRawPath().matches("/?");
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
