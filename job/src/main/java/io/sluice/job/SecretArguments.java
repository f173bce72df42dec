package io.sluice.job;

import java.util.Map;
import java.util.regex.Pattern;

/** Secrets among the arguments, where Flink would show them. */
final class SecretArguments {
  private static final Pattern SECRET =
      Pattern.compile(".*(password|secret|jaas|token).*|kafka\\.client\\.ssl\\.keystore\\.key");

  private SecretArguments() {}

  /**
   * @throws ConfigException if a password or the like is an argument
   */
  static void refuse(String[] args) {
    for (Map.Entry<String, Entered> argument : SettingSources.arguments(args).entrySet()) {
      String key = argument.getKey();
      if (SECRET.matcher(key).matches() && !argument.getValue().text().isEmpty()) {
        throw new ConfigException(
            "--%s is an argument of the JobManager, which its web UI and its log show; set %s, or put it into the --config file"
                .formatted(key, SettingSources.variable(key)));
      }
    }
  }
}
