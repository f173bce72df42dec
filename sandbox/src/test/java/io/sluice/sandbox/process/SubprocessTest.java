package io.sluice.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.ops.OperatorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A timeout of a test is the failure here; what is started would go on for ten minutes. */
@Timeout(60)
class SubprocessTest {
  private static final Duration LONG = Duration.ofMinutes(9);

  @TempDir Path dir;

  @Test
  void hasWhatTheCommandPrintedAndHowItEnded() {
    Subprocess.Outcome outcome = Subprocess.complete(bash("echo out; echo err >&2; exit 3"), LONG);

    assertThat(outcome).isEqualTo(new Subprocess.Outcome(3, "out\nerr\n"));
  }

  @Test
  void doesNotWaitForAChildThatKeepsTheOutputOpen() throws Exception {
    Subprocess.Outcome outcome =
        Subprocess.complete(bash("sleep 600 & echo $! >child; echo started"), LONG);

    assertThat(outcome).isEqualTo(new Subprocess.Outcome(0, "started\n"));
    assertThat(child()).get().extracting(ProcessHandle::isAlive).isEqualTo(true);
    child().ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void endsInTimeThoughAChildThatIgnoresSignalsHoldsTheOutput() {
    Command command = bash("trap '' TERM; sleep 600 & echo $! >child; echo working; wait");

    assertThatThrownBy(() -> Subprocess.complete(command, Duration.ofSeconds(2)))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("took longer than 2 s")
        .hasMessageContaining("working");
    await().until(() -> child().isEmpty());
  }

  private Optional<ProcessHandle> child() throws IOException {
    return ProcessHandle.of(Long.parseLong(Files.readString(dir.resolve("child")).strip()))
        .filter(ProcessHandle::isAlive);
  }

  private Command bash(String script) {
    return new Command(List.of("bash", "-c", "cd " + dir + "; " + script));
  }
}
