package io.sluice.httplog;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.deploy.KubernetesEnvironment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The environment that the manifests give to the JobManager, read by the job itself: in its
 * package, since nobody else reads settings.
 */
class KubernetesSettingsTest {
  @ParameterizedTest
  @ValueSource(strings = {"base", "example"})
  void areReadByTheJob(String folder) {
    KubernetesEnvironment environment = KubernetesEnvironment.of(folder);
    HttpLogConfig config = HttpLogConfig.read(new String[0], environment.variables());
    assertThat(config.sink().lanes()).isEqualTo(environment.parallelism());
    assertThat(config.sink().settings().lanes())
        .allSatisfy(lane -> assertThat(lane.user()).isEqualTo("sluice"));
  }

  /** The job does not complain of a variable that it does not know: it would be without effect. */
  @ParameterizedTest
  @ValueSource(strings = {"base", "example"})
  void areAllKnownToTheJob(String folder) {
    Map<String, String> variables = KubernetesEnvironment.of(folder).variables();
    List<String> known =
        Arrays.stream(HttpLogSetting.values()).map(HttpLogSetting::environmentVariable).toList();
    assertThat(known).containsAll(variables.keySet());
  }
}
