package io.sluice.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.ops.OperatorException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProcessTest {
  @TempDir Path dir;
  private ServiceProcess service;

  @AfterEach
  void end() {
    if (service != null) {
      service.stop();
    }
  }

  @Test
  void anotherObjectForTheSameFolderFindsTheProcess() {
    service = service("sleep 600", true, List.of());
    service.launch();
    service.awaitReady();

    ServiceProcess later = service("sleep 600", true, List.of());

    assertThat(later.process()).isPresent().isEqualTo(service.process());
    assertThat(later.isReady()).isTrue();
    assertThatThrownBy(later::launch).hasMessage("kafka is running already");
  }

  @Test
  void killEndsTheChildrenToo() {
    service = service("sleep 600 & echo started; wait", true, List.of());
    service.launch();
    ProcessHandle parent = service.process().orElseThrow();
    org.awaitility.Awaitility.await().until(() -> parent.children().findAny().isPresent());
    ProcessHandle child = parent.children().findAny().orElseThrow();
    ProcessIdentity childIdentity = ProcessIdentity.of(child.pid()).orElseThrow();

    assertThat(service.kill()).isTrue();

    assertThat(service.process()).isEmpty();
    assertThat(childIdentity.running()).isEmpty();
    assertThat(service.kill()).isFalse();
  }

  @Test
  void aServiceThatDiesIsExplainedByItsLog() {
    service = service("echo the disk is full; exit 3", false, List.of());

    assertThatThrownBy(
            () -> {
              service.launch();
              service.awaitReady();
            })
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("died")
        .hasMessageContaining("the disk is full");
  }

  @Test
  void aServiceThatFallsSilentIsExplainedByItsLog() {
    service = service("echo thinking; sleep 600", false, List.of());
    service.launch();

    assertThatThrownBy(service::awaitReady)
        .hasMessageContaining("kafka wrote nothing for 1 s while starting")
        .hasMessageContaining("thinking");
  }

  @Test
  void aServiceThatComplainsForEverIsGivenUpInTheEnd() {
    service = service("while sleep 0.05; do echo no disk; done", false, List.of());
    service.launch();

    assertThatThrownBy(service::awaitReady)
        .hasMessageContaining("kafka did not answer within 3 s while starting")
        .hasMessageContaining("no disk");
  }

  @Test
  void aTakenPortIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      service = service("sleep 600", true, List.of(taken.getLocalPort()));

      assertThatThrownBy(service::launch)
          .hasMessage("port %d (kafka) is taken", taken.getLocalPort());
    }
    assertThat(service.process()).isEmpty();
  }

  private ServiceProcess service(String script, boolean ready, List<Integer> ports) {
    return new ServiceProcess(Service.KAFKA, dir, ports) {
      @Override
      protected Command prepare() {
        return new Command(List.of("bash", "-c", script));
      }

      @Override
      protected boolean answers() {
        return ready;
      }

      @Override
      protected Duration silentWithin() {
        return Duration.ofSeconds(1);
      }

      @Override
      protected Duration readyWithin() {
        return Duration.ofSeconds(3);
      }
    };
  }
}
