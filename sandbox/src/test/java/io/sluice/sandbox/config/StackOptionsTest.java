package io.sluice.sandbox.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.ops.Json;
import io.sluice.sandbox.process.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackOptionsTest {
  @TempDir Path dir;

  @Test
  void areTheSameAfterTheStateFile() {
    StackOptions options = StackOptions.onFreePorts().withProxy(ProxyKind.BUILTIN, "60r/m");

    Json.write(dir.resolve("stack.json"), options);

    assertThat(Json.read(dir.resolve("stack.json"), StackOptions.class)).contains(options);
  }

  @Test
  void theWindowIsThatOfNginx() {
    assertThat(StackOptions.defaults().window()).isEqualTo(Duration.ofMillis(62_500));
  }

  @Test
  void aWrongRateIsNamed() {
    assertThatThrownBy(() -> StackOptions.defaults().withProxy(ProxyKind.AUTO, "often"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("often");
  }

  @Test
  void everyServiceHasPortsThatMove() {
    assertThat(Arrays.stream(Service.values()))
        .allSatisfy(
            service ->
                assertThat(Ports.conventional(10_000).of(service))
                    .isNotEmpty()
                    .isEqualTo(
                        Ports.conventional(0).of(service).stream()
                            .map(port -> port + 10_000)
                            .toList()));
  }
}
