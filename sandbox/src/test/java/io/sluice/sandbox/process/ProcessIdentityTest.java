package io.sluice.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessIdentityTest {
  @TempDir Path dir;

  @Test
  void survivesItsPidFile() {
    ProcessIdentity me = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();

    me.write(dir.resolve("pid.json"));

    assertThat(ProcessIdentity.read(dir.resolve("pid.json"))).contains(me);
    assertThat(me.running()).contains(ProcessHandle.current());
  }

  @Test
  void aRecycledPidIsSomeoneElse() {
    ProcessIdentity me = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
    ProcessIdentity before = new ProcessIdentity(me.pid(), me.startedAtEpochMilli() - 60_000);

    assertThat(before.running()).isEmpty();
  }

  @Test
  void noPidFileIsNoProcess() {
    assertThat(ProcessIdentity.read(dir.resolve("pid.json"))).isEmpty();
  }

  @Test
  void aDetachedProcessIsSeenUntilItIsKilled() {
    ProcessIdentity sleeper =
        DetachedProcess.start(
            new Command(List.of("sleep", "600")), dir, dir.resolve("sleeper.log"));

    ProcessHandle process = sleeper.running().orElseThrow();
    process.destroyForcibly();

    org.awaitility.Awaitility.await().until(() -> sleeper.running().isEmpty());
  }
}
