package io.sluice.sandbox.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChdbPlatformTest {
  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, linux-x64-gnu",
    "Linux, aarch64, linux-arm64-gnu",
    "Mac OS X, x86_64, darwin-x64",
    "Mac OS X, aarch64, darwin-arm64",
  })
  void hasAPackageForCommonMachines(String os, String arch, String name) {
    assertThat(ChdbPlatform.of(os, arch, false).npmPackage())
        .isEqualTo("@chdb/lib-" + name + "@26.7.3-stable.1");
  }

  @ParameterizedTest
  @CsvSource({"Windows 11, amd64, false", "Linux, riscv64, false", "Linux, amd64, true"})
  void pointsToDockerElsewhere(String os, String arch, boolean musl) {
    assertThatThrownBy(() -> ChdbPlatform.of(os, arch, musl))
        .hasMessageContaining(os + " " + arch)
        .hasMessageContaining("Docker");
  }

  @Test
  void keepsPlatformsAndVersionsApartInTheCache() {
    assertThat(new ChdbPlatform("linux-arm64-gnu").folderName())
        .isEqualTo("chdb-linux-arm64-gnu-26.7.3-stable.1");
  }
}
