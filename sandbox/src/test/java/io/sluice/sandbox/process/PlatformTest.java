package io.sluice.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {
  @ParameterizedTest
  @CsvSource({"Linux, amd64", "Linux, aarch64", "Mac OS X, aarch64", "Mac OS X, x86_64"})
  void linuxAndMacAreSupported(String os, String architecture) {
    assertThat(new Platform(os, architecture).isSupported()).isTrue();
  }

  @Test
  void othersArePointedToDocker() {
    assertThatThrownBy(() -> new Platform("Windows 11", "amd64").requireSupported())
        .hasMessageContaining("Windows 11")
        .hasMessageContaining("docker compose up");
    assertThat(new Platform("Linux", "riscv64").isSupported()).isFalse();
  }
}
