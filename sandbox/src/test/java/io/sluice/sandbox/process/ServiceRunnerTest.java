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

class ServiceRunnerTest {
  @TempDir Path dir;
  private ServiceRunner runner;

  @AfterEach
  void end() {
    if (runner != null) {
      runner.stop();
    }
  }

  @Test
  void anotherRunnerOfTheSameFolderFindsTheProcess() {
    runner = runner("sleep 600", true, List.of());
    runner.launch();
    runner.awaitReady();

    ServiceRunner later = runner("sleep 600", true, List.of());

    assertThat(later.process()).isPresent().isEqualTo(runner.process());
    assertThat(later.isReady()).isTrue();
    assertThatThrownBy(later::launch).hasMessage("kafka is running already");
  }

  @Test
  void killEndsTheChildrenToo() {
    runner = runner("sleep 600 & echo started; wait", true, List.of());
    runner.launch();
    ProcessHandle parent = runner.process().orElseThrow();
    org.awaitility.Awaitility.await().until(() -> parent.children().findAny().isPresent());
    ProcessHandle child = parent.children().findAny().orElseThrow();
    ProcessIdentity childIdentity = ProcessIdentity.of(child.pid()).orElseThrow();

    assertThat(runner.kill()).isTrue();

    assertThat(runner.process()).isEmpty();
    assertThat(childIdentity.running()).isEmpty();
    assertThat(runner.kill()).isFalse();
  }

  @Test
  void aServiceThatDiesIsExplainedByItsLog() {
    runner = runner("echo the disk is full; exit 3", false, List.of());

    assertThatThrownBy(
            () -> {
              runner.launch();
              runner.awaitReady();
            })
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("died")
        .hasMessageContaining("the disk is full");
  }

  @Test
  void aServiceThatFallsSilentIsExplainedByItsLog() {
    runner = runner("echo thinking; sleep 600", false, List.of());
    runner.launch();

    assertThatThrownBy(runner::awaitReady)
        .hasMessageContaining("kafka wrote nothing for 1 s while starting")
        .hasMessageContaining("thinking");
  }

  @Test
  void aServiceThatComplainsForEverIsGivenUpInTheEnd() {
    runner = runner("while sleep 0.05; do echo no disk; done", false, List.of());
    runner.launch();

    assertThatThrownBy(runner::awaitReady)
        .hasMessageContaining("kafka did not answer within 3 s while starting")
        .hasMessageContaining("no disk");
  }

  @Test
  void aTakenPortIsNamedWithItsOption() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      PortClaim claim = new PortClaim(Service.KAFKA, "--kafka-port", taken.getLocalPort());
      runner = runner("sleep 600", true, List.of(claim));

      assertThatThrownBy(runner::launch)
          .hasMessage(
              "port %d (kafka) is taken; choose another with --kafka-port", taken.getLocalPort());
    }
    assertThat(runner.process()).isEmpty();
  }

  private ServiceRunner runner(String script, boolean ready, List<PortClaim> ports) {
    return new ServiceRunner(new Script(script, ready, ports), dir);
  }

  /** A service that is a line of shell. */
  private record Script(String script, boolean isReady, List<PortClaim> ports)
      implements ManagedService {
    @Override
    public Service service() {
      return Service.KAFKA;
    }

    @Override
    public Command prepare() {
      return new Command(List.of("bash", "-c", script));
    }

    @Override
    public Duration silentWithin() {
      return Duration.ofSeconds(1);
    }

    @Override
    public Duration readyWithin() {
      return Duration.ofSeconds(3);
    }
  }
}
