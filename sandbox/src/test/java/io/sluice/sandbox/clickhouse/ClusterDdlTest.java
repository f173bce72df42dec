package io.sluice.sandbox.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ops.audit.TotalsTables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;

class ClusterDdlTest {
  private static final Path CONFIG = ClusterDdl.CLUSTER.resolve(Path.of("config.d", "sluice.xml"));
  private static final Path USERS = ClusterDdl.CLUSTER.resolve(Path.of("users.d", "sluice.xml"));

  static List<Path> files() throws Exception {
    return SqlMigrations.filesInOrder(ClusterDdl.SINGLE);
  }

  @ParameterizedTest
  @MethodSource("files")
  void theClusterHasWhatOneServerHas(Path file) throws Exception {
    Path cluster = ClusterDdl.CLUSTER.resolve(file.getFileName());

    assertThat(ClusterDdl.statements(cluster))
        .containsExactlyElementsOf(new ClusterDdl(file).expected());
  }

  @Test
  void theClusterHasNoFileOfItsOwn() throws Exception {
    assertThat(SqlMigrations.filesInOrder(ClusterDdl.CLUSTER))
        .extracting(Path::getFileName)
        .containsExactlyElementsOf(files().stream().map(Path::getFileName).toList());
  }

  /** Said once more without the derivation, since a table without them doubles what is resent. */
  @Test
  void everyTableThatIsFedIsReplicatedAndRemembersTokensForWeeks() throws Exception {
    List<String> tables = clusterStatements("CREATE TABLE IF NOT EXISTS logs_local.");

    assertThat(tables).hasSize(1 + TotalsTables.NAMES.size());
    assertThat(tables)
        .allSatisfy(
            ddl ->
                assertThat(ddl)
                    .containsPattern("ENGINE = Replicated(Summing)?MergeTree\\('/[^']*\\{shard\\}/")
                    .contains("replicated_deduplication_window = 100000,")
                    .contains("replicated_deduplication_window_seconds = 2419200"));
    assertThat(tables.stream().map(ddl -> ddl.replaceAll(".*MergeTree\\('([^']*)'.*", "$1")))
        .doesNotHaveDuplicates();
  }

  @Test
  void everyNameThatIsAskedIsDistributedAndByResourceIfItHasOne() throws Exception {
    List<String> asked = Stream.concat(Stream.of("http_log"), TotalsTables.NAMES.stream()).toList();

    assertThat(clusterStatements("CREATE TABLE IF NOT EXISTS logs.").stream())
        .filteredOn(ddl -> ddl.contains("Distributed("))
        .hasSize(asked.size())
        .allSatisfy(
            ddl ->
                assertThat(ddl.contains("cityHash64(resource_id)"))
                    .as(ddl)
                    .isEqualTo(!ddl.contains("_status_") && !ddl.contains("_network_")))
        .extracting(ddl -> ddl.replaceAll("CREATE TABLE IF NOT EXISTS logs\\.(\\w+) .*", "$1"))
        .containsExactlyInAnyOrderElementsOf(asked);
  }

  @Test
  void theServersConfigurationSaysWhatExactlyOnceNeeds() throws Exception {
    assertThat(texts(USERS, "distributed_foreground_insert")).containsExactly("1");
    assertThat(texts(USERS, "insert_quorum")).containsExactly("auto");
    assertThat(texts(CONFIG, "internal_replication")).containsOnly("true");
    assertThat(texts(CONFIG, "cluster")).containsExactly("sluice");
  }

  private static List<String> clusterStatements(String beginning) throws Exception {
    List<String> found = new ArrayList<>();
    for (Path file : SqlMigrations.filesInOrder(ClusterDdl.CLUSTER)) {
      ClusterDdl.statements(file).stream().filter(s -> s.startsWith(beginning)).forEach(found::add);
    }
    return found;
  }

  private static List<String> texts(Path xml, String element) throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml.toFile());
    var nodes = document.getElementsByTagName(element);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }
}
