package io.sluice.sandbox.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlinkConfigurationTest {
  @Test
  void anOverlayReplacesKeysAndAddsOthers() {
    FlinkConfiguration configuration =
        new FlinkConfiguration(List.of("# why", "rest.port: 8081", "rest.address: host"))
            .with(Map.of("rest.port", "9999", "blob.server.port", "6124"));

    assertThat(configuration.get("rest.port")).contains("9999");
    assertThat(configuration.get("blob.server.port")).contains("6124");
    assertThat(configuration.get("rest.address")).contains("host");
    assertThat(configuration.lines()).contains("# why").doesNotContain("rest.port: 8081");
  }

  @Test
  void aKeyThatOnlyBeginsAlikeIsAnother() {
    FlinkConfiguration configuration =
        new FlinkConfiguration(List.of("rest.port-range: 1-2")).with(Map.of("rest.port", "9"));

    assertThat(configuration.get("rest.port-range")).contains("1-2");
  }

  @Test
  void nestingIsRefusedSinceAReplacedKeyCouldHideInIt() {
    assertThatThrownBy(() -> new FlinkConfiguration(List.of("rest:", "  port: 8081")))
        .hasMessageContaining("rest:");
  }
}
