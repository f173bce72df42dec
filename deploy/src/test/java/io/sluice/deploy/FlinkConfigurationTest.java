package io.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.junit.jupiter.api.Test;

/**
 * {@code flink-conf/config.yaml} and the FlinkDeployment say the same, but for what is listed here:
 * on Kubernetes the file of the image is not read.
 */
class FlinkConfigurationTest {
  private static final String FROM_RESOURCE = "the operator sets it from spec.*.resource.memory";
  private static final String STATE = "a folder of one machine there, a bucket for all pods here";
  private static final String METASPACE =
      "Flink's default: the client of Kubernetes has some thousand classes";

  /** What is different, and why. */
  private static final Map<String, String> EXCEPTIONS =
      Map.of(
          "jobmanager.memory.process.size", FROM_RESOURCE,
          "taskmanager.memory.process.size", FROM_RESOURCE,
          "execution.checkpointing.dir", STATE,
          "execution.checkpointing.savepoint-dir", STATE,
          "jobmanager.memory.jvm-metaspace.size", METASPACE,
          "taskmanager.memory.jvm-metaspace.size", METASPACE);

  private final JsonNode spec = Repository.flinkDeployment().path("spec");
  private final Map<String, String> file = flat("flink-conf/config.yaml");
  private final Map<String, String> here = flat(spec.path("flinkConfiguration"));

  private static Map<String, String> flat(String path) {
    return flat(Yaml.document(Repository.ROOT.resolve(path)));
  }

  private static Map<String, String> flat(JsonNode mapping) {
    Map<String, String> entries = new TreeMap<>();
    mapping.properties().forEach(e -> entries.put(e.getKey(), e.getValue().asText()));
    return entries;
  }

  @Test
  void hasEachKeyOfTheFileWithItsValue() {
    Map<String, String> expected = new TreeMap<>(file);
    expected.keySet().removeAll(EXCEPTIONS.keySet());
    assertThat(here).containsAllEntriesOf(expected);
  }

  @Test
  void makesNoExceptionThatIsNone() {
    assertThat(file).containsKeys(EXCEPTIONS.keySet().toArray(String[]::new));
    assertThat(EXCEPTIONS.keySet())
        .allSatisfy(key -> assertThat(here.get(key)).as(key).isNotEqualTo(file.get(key)));
  }

  @Test
  void addsOnlyWhatKubernetesHas() {
    assertThat(here.keySet())
        .filteredOn(key -> !file.containsKey(key))
        .allMatch(key -> key.startsWith("kubernetes.") || key.startsWith("high-availability."));
  }

  @Test
  void leavesTheJobEnoughMemory() {
    Configuration configuration = Configuration.fromMap(here);
    configuration.set(TaskManagerOptions.TOTAL_PROCESS_MEMORY, memory("taskManager"));
    TaskExecutorProcessSpec taskManager =
        TaskExecutorProcessUtils.processSpecFromConfig(configuration);
    MemorySize heapOfTheFile =
        TaskExecutorProcessUtils.processSpecFromConfig(Configuration.fromMap(file))
            .getTaskHeapSize();
    assertThat(taskManager.getTaskHeapSize()).isGreaterThanOrEqualTo(heapOfTheFile);

    configuration.set(JobManagerOptions.TOTAL_PROCESS_MEMORY, memory("jobManager"));
    MemorySize heapOfTheJobManager =
        JobManagerProcessUtils.processSpecFromConfig(configuration).getJvmHeapMemorySize();
    assertThat(heapOfTheJobManager).isGreaterThanOrEqualTo(MemorySize.ofMebiBytes(256));
  }

  @Test
  void logsAsTheFileSays() {
    assertThat(spec.at("/logConfiguration/log4j-console.properties").asText())
        .isEqualTo(Repository.read("flink-conf/log4j-console.properties"));
  }

  private MemorySize memory(String role) {
    return MemorySize.parse(spec.path(role).path("resource").path("memory").asText());
  }
}
