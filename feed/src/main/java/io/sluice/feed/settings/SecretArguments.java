package io.sluice.feed.settings;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Secrets among the arguments, where Flink would show them. */
public final class SecretArguments {
  private static final Pattern SECRET =
      Pattern.compile(".*(password|secret|jaas|token).*|kafka\\.client\\.ssl\\.keystore\\.key");

  private SecretArguments() {}

  /**
   * Makes sure that there is none.
   *
   * @throws ConfigException if a password or the like is an argument
   */
  public static void refuse(List<? extends Setting> known, String[] args) {
    for (Map.Entry<String, Entered> argument : SettingSources.arguments(known, args).entrySet()) {
      String key = argument.getKey();
      if (SECRET.matcher(key).matches() && !argument.getValue().text().isEmpty()) {
        throw new ConfigException(
            "--%s is an argument of the JobManager, which its web UI and its log show; set %s, or put it into the --config file"
                .formatted(key, SettingSources.variable(key)));
      }
    }
  }
}
