package io.sluice.sandbox.clickhouse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code sql/cluster/} has to be: made of {@code sql/}, which stays the place where columns,
 * orders, partitions and queries are decided.
 *
 * <p>A table {@code logs.X} becomes a Replicated {@code logs_local.X}, its view one between local
 * tables, and beside them stands a Distributed {@code logs.X}. What has no view is the same.
 */
record ClusterDdl(Path file) {
  static final Path SINGLE = Path.of("..", "sql");
  static final Path CLUSTER = SINGLE.resolve("cluster");
  private static final String ON_CLUSTER = " ON CLUSTER '{cluster}'";
  private static final Pattern CREATED =
      Pattern.compile(
          "CREATE (?:OR REPLACE )?(DATABASE|FUNCTION|TABLE|VIEW|MATERIALIZED VIEW)"
              + "(?: IF NOT EXISTS)? (?:logs\\.)?(\\w+)");

  /** The statements of one file of {@code sql/}, with single blanks. */
  static List<String> statements(Path file) throws IOException {
    return SqlStatements.split(Files.readString(file)).stream()
        .map(statement -> statement.replaceAll("\\s+", " "))
        .toList();
  }

  /** What the file of the same name in {@code sql/cluster/} has to say. */
  List<String> expected() throws IOException {
    List<String> expected = new ArrayList<>();
    for (String statement : statements(file)) {
      Matcher created = CREATED.matcher(statement);
      if (!created.lookingAt()) {
        throw new IllegalStateException("what is on a cluster: " + statement);
      }
      String onCluster =
          statement.substring(0, created.end()) + ON_CLUSTER + statement.substring(created.end());
      String name = created.group(2);
      boolean feedsOrIsFed = !statement.contains(" REFRESH ") && !name.startsWith("http_log_top_");
      switch (created.group(1)) {
        case "DATABASE" -> {
          expected.add(onCluster);
          expected.add(onCluster.replace(" logs ", " logs_local "));
        }
        case "TABLE" -> {
          expected.add(feedsOrIsFed ? replicated(name, onCluster) : onCluster);
          if (feedsOrIsFed) {
            expected.add(distributed(name, statement));
          }
        }
        case "MATERIALIZED VIEW" ->
            expected.add(feedsOrIsFed ? local(onCluster) : overShards(onCluster));
        default -> expected.add(onCluster);
      }
    }
    return expected;
  }

  private static String local(String statement) {
    return statement.replace("logs.", "logs_local.");
  }

  private static String replicated(String name, String statement) {
    String keeper = "('/clickhouse/tables/{shard}/logs_local/" + name + "', '{replica}'";
    return local(statement)
        .replace("ENGINE = MergeTree", "ENGINE = ReplicatedMergeTree" + keeper + ")")
        .replace(
            "ENGINE = SummingMergeTree(", "ENGINE = ReplicatedSummingMergeTree" + keeper + ", ")
        .replace(
            "non_replicated_deduplication_window = 100000",
            "replicated_deduplication_window = 100000,"
                + " replicated_deduplication_window_seconds = 2419200");
  }

  /** Sharded by resource, if there is one: what has none is only read through it. */
  private static String distributed(String name, String statement) {
    String key = statement.contains(" resource_id UInt64") ? ", cityHash64(resource_id)" : "";
    return "CREATE TABLE IF NOT EXISTS logs.%1$s%2$s AS logs_local.%1$s".formatted(name, ON_CLUSTER)
        + " ENGINE = Distributed('{cluster}', logs_local, %s%s)".formatted(name, key);
  }

  private static String overShards(String statement) {
    return statement
        .replace(" IN networks", " GLOBAL IN networks")
        .replace(" IN pairs", " GLOBAL IN pairs")
        .replace("EVERY 10 MINUTE", "EVERY 10 MINUTE RANDOMIZE FOR 4 MINUTE")
        .replace("OFFSET 5 MINUTE", "OFFSET 5 MINUTE RANDOMIZE FOR 20 MINUTE");
  }

  /** The statements of the cluster for an engine that has no Keeper: plain tables on one server. */
  static List<String> withoutKeeper() throws IOException {
    List<String> statements = new ArrayList<>();
    for (Path file : SqlMigrations.filesInOrder(CLUSTER)) {
      for (String statement : statements(file)) {
        statements.add(
            statement
                .replace(ON_CLUSTER, "")
                .replaceAll("Replicated(\\w*MergeTree)\\('[^']*', '\\{replica\\}',? ?", "$1(")
                .replaceAll(
                    "replicated_deduplication_window = (\\d+), replicated_\\w+ = \\d+",
                    "non_replicated_deduplication_window = $1"));
      }
    }
    return statements;
  }
}
