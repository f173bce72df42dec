package io.sluice.sandbox.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.compose.EntrypointRun.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which state the application image starts the job from. */
class EntrypointTest {
  private static final String ORDER = "SLUICE_RESTORE_FROM";

  @TempDir Path home;
  private EntrypointRun entrypoint;

  @BeforeEach
  void copyTheScript() throws IOException {
    entrypoint = new EntrypointRun(home);
  }

  @Test
  void theFirstStartIsWithoutState() throws Exception {
    Outcome first = entrypoint.start();

    assertThat(first.exitCode()).isZero();
    assertThat(first.flinkArguments())
        .containsExactly("standalone-job", "--job-classname", "io.sluice.httplog.HttpLogJob");
    assertThat(first.said()).contains("starts without state");
  }

  @Test
  void aRestartBeforeTheFirstCheckpointIsWithoutStateToo() throws Exception {
    entrypoint.start();

    assertThat(entrypoint.start().from()).isEmpty();
  }

  @Test
  void aRestartResumesFromTheNewestOfCheckpointsAndSavepoints() throws Exception {
    entrypoint.start();
    entrypoint.checkpoint("a1", 9, 10);
    Path savepoint = entrypoint.savepoint("a1-77", 12);
    entrypoint.checkpoint("a1", 8, 1);

    Outcome restart = entrypoint.start();

    assertThat(restart.flinkArguments())
        .containsExactly(
            "standalone-job",
            "--fromSavepoint",
            savepoint.toString(),
            "--job-classname",
            "io.sluice.httplog.HttpLogJob");
    assertThat(restart.said()).contains("sluice: resumes from " + savepoint + ", written 20");

    Path later = entrypoint.checkpoint("b2", 1, 13);

    assertThat(entrypoint.start().from()).containsExactly(later.toString());
  }

  @Test
  void whatIsHalfWrittenDoesNotCount() throws Exception {
    entrypoint.start();
    Path whole = entrypoint.checkpoint("a1", 1, 10);
    Files.createDirectories(entrypoint.checkpoints().resolve("a1/chk-2"));
    Files.createDirectories(entrypoint.checkpoints().resolve("a1/shared"));
    Files.writeString(
        entrypoint.checkpoints().resolve("a1/chk-2/._metadata.inprogress.4f0c"), "half");

    assertThat(entrypoint.start().from()).containsExactly(whole.toString());
  }

  @Test
  void aNewestStateThatIsDamagedIsNoReasonToStartFromAnOlderOne() throws Exception {
    entrypoint.start();
    Path older = entrypoint.checkpoint("a1", 1, 10);
    Path damaged = entrypoint.damaged(entrypoint.checkpoint("a1", 2, 11));

    Outcome refused = entrypoint.start();

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.flinkArguments()).isEmpty();
    assertThat(refused.said())
        .contains(damaged + ", the newest state, is damaged", older.toString());
  }

  @Test
  void savepointsFromBeforeANewCheckpointVolumeDoNotCount() throws Exception {
    Path old = entrypoint.savepoint("of-data-that-is-gone", -10);

    Outcome first = entrypoint.start();

    assertThat(first.from()).isEmpty();
    assertThat(first.said()).contains("1 older state(s) do not count: " + old);
    assertThat(entrypoint.start().from()).isEmpty();
  }

  @Test
  void anOrderIsFollowedOnceAndWhatCameBeforeItDoesNotComeBack() throws Exception {
    entrypoint.start();
    Path wanted = entrypoint.savepoint("a1-77", -20);
    entrypoint.checkpoint("a1", 3, -10);
    entrypoint.with(ORDER, "savepoints/savepoint-a1-77");

    assertThat(entrypoint.start().from()).containsExactly(wanted.toString());
    assertThat(entrypoint.start().from())
        .as("crashed before a checkpoint of its own")
        .containsExactly(wanted.toString());

    Path own = entrypoint.checkpoint("b2", 1, 10);

    assertThat(entrypoint.start().from())
        .as("the order is still there")
        .containsExactly(own.toString());
    entrypoint.without(ORDER);
    assertThat(entrypoint.start().from()).containsExactly(own.toString());
  }

  @Test
  void anOrderThatWasTakenBackCanBeGivenAgain() throws Exception {
    Path wanted = entrypoint.savepoint("a1-77", -20);
    entrypoint.with(ORDER, wanted.toString()).start();
    entrypoint.checkpoint("b2", 1, 10);
    entrypoint.without(ORDER).start();

    assertThat(entrypoint.with(ORDER, wanted.toString()).start().from())
        .containsExactly(wanted.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3a://key:c4n4ry@bucket/savepoint-1",
        "s3a://key:a/c4n4ry@bucket/savepoint-1",
        "https://host/savepoint-1?signature=c4n4ry",
        "https://host/savepoint-1#c4n4ry",
        "file://user:c4n4ry@host/none",
        "/none/a://b:c4n4ry@c",
      })
  void neverSaysTheSecretsOfAUrl(String order) throws Exception {
    Outcome start = entrypoint.with(ORDER, order).start();

    assertThat(start.said().lines().filter(line -> line.startsWith("sluice: ")))
        .isNotEmpty()
        .noneMatch(line -> line.contains("c4n4ry"));
  }

  @Test
  void aStartWithoutStateCanBeOrdered() throws Exception {
    entrypoint.start();
    entrypoint.checkpoint("a1", 3, -1);

    assertThat(entrypoint.with(ORDER, "none").start().from()).isEmpty();
    assertThat(entrypoint.start().from()).isEmpty();
  }

  @Test
  void anOrderMayBeAUriOfAnotherFileSystem() throws Exception {
    String order = "s3://bucket/savepoint-a1-77";

    assertThat(entrypoint.with(ORDER, order).start().from()).containsExactly(order);
  }

  @Test
  void anOrderForAStateThatIsNotThereListsThoseThatAre() throws Exception {
    Path there = entrypoint.savepoint("a1-77", -20);

    Outcome refused = entrypoint.with(ORDER, "savepoints/savepoint-a1-78").start();

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.flinkArguments()).isEmpty();
    assertThat(refused.said()).contains("where no _metadata is").contains(there.toString());
  }

  @Test
  void checkpointsOfTheLastThreeJobsAndOfTheChosenOneAreKept() throws Exception {
    entrypoint.start();
    Path wanted = entrypoint.checkpoint("j0", 1, 1);
    for (int job = 1; job <= 4; job++) {
      entrypoint.checkpoint("j" + job, 1, 10 * job);
    }
    entrypoint.savepoint("old", -1_000);
    Files.createDirectories(entrypoint.checkpoints().resolve("died-before-a-checkpoint/shared"));

    assertThat(entrypoint.with(ORDER, wanted.toString()).start().from())
        .containsExactly(wanted.toString());

    assertThat(names(entrypoint.checkpoints()))
        .containsExactlyInAnyOrder(".sluice", "j0", "j2", "j3", "j4");
    assertThat(names(home.resolve("savepoints"))).containsExactly("savepoint-old");
  }

  @Test
  void withHighAvailabilityFlinkFindsTheStateItself() throws Exception {
    entrypoint.configure("s3://bucket/checkpoints", "high-availability.type: kubernetes");

    Outcome start = entrypoint.start();

    assertThat(start.exitCode()).isZero();
    assertThat(start.from()).isEmpty();
    assertThat(start.said()).contains("high availability is on (kubernetes)");
  }

  @Test
  void checkpointsThatItCannotLookAtNeedHighAvailability() throws Exception {
    Outcome refused = entrypoint.configure("s3://bucket/checkpoints").start();

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.said()).contains("Set high-availability.type");
  }

  @Test
  void propertiesOfTheEnvironmentGoBeforeTheFile() throws Exception {
    Path elsewhere = Files.createDirectories(home.resolve("elsewhere"));
    entrypoint.with(
        "FLINK_PROPERTIES", "rest.port: 1\nexecution.checkpointing.dir: file://" + elsewhere);

    assertThat(entrypoint.start().exitCode()).isZero();
    assertThat(elsewhere.resolve(".sluice/started-from")).exists();
  }

  @Test
  void aCommandLineThatNamesAStateIsLeftAsItIs() throws Exception {
    Outcome start = entrypoint.run("standalone-job", "--fromSavepoint", "/a/b", "--x");

    assertThat(start.flinkArguments())
        .containsExactly("standalone-job", "--fromSavepoint", "/a/b", "--x");
  }

  @Test
  void everythingElseGoesToFlinkAsItIs() throws Exception {
    assertThat(entrypoint.run("taskmanager").flinkArguments()).containsExactly("taskmanager");
    assertThat(entrypoint.run("flink", "list", "-a").flinkArguments())
        .containsExactly("flink", "list", "-a");
    assertThat(entrypoint.checkpoints()).doesNotExist();
  }

  private static Stream<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).toList().stream();
    }
  }
}
