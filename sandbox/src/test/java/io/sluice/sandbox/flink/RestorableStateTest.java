package io.sluice.sandbox.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestorableStateTest {
  private static final String JOB = "a1b2c3d4e5f60718293a4b5c6d7e8f90";
  private static final String OTHER = "b".repeat(32);

  @TempDir Path dir;
  private Path checkpoints;
  private Path savepoints;

  @BeforeEach
  void folders() {
    checkpoints = dir.resolve("checkpoints");
    savepoints = dir.resolve("savepoints");
  }

  @Test
  void thereMayBeNone() {
    assertThat(newest()).isEmpty();
  }

  @Test
  void theNewestOfCheckpointsAndSavepointsCounts() throws IOException {
    Path savepoint = complete(savepoints.resolve("savepoint-a1b2c3-77"), 10);
    complete(checkpoints.resolve(JOB).resolve("chk-9"), 9);

    assertThat(newest()).map(RestorableState::path).contains(savepoint);

    Path later = complete(checkpoints.resolve(JOB).resolve("chk-11"), 11);

    assertThat(newest()).map(RestorableState::path).contains(later);
  }

  @Test
  void whatIsOfAnotherJobDoesNotCount() throws IOException {
    complete(checkpoints.resolve(OTHER).resolve("chk-9"), 9);
    complete(savepoints.resolve("savepoint-bbbbbb-77"), 10);

    assertThat(newest()).isEmpty();
  }

  @Test
  void whatIsNotCompleteDoesNotCount() throws IOException {
    Path whole = complete(checkpoints.resolve(JOB).resolve("chk-1"), 1);
    Files.createDirectories(checkpoints.resolve(JOB).resolve("chk-2"));
    Files.createDirectories(checkpoints.resolve(JOB).resolve("shared"));
    Files.write(
        Files.createDirectories(savepoints.resolve("savepoint-a1b2c3-1")).resolve("_metadata"),
        new byte[12]);

    assertThat(newest()).map(RestorableState::path).contains(whole);
  }

  @Test
  void readsWhatFlinkWrites() {
    Path written = Path.of("src/test/resources/savepoints/format-1/savepoint").toAbsolutePath();

    // A savepoint folder has any name that somebody gives it; so look at it as a checkpoint's.
    assertThat(RestorableState.newest(written.getParent().getParent(), savepoints, "format-1"))
        .map(RestorableState::checkpointId)
        .hasValueSatisfying(id -> assertThat(id).isBetween(1L, 1_000L));
  }

  @Test
  void aJobWithoutStateOfItsOwnStartsAgainFromWhatItWasStartedFrom() throws IOException {
    complete(checkpoints.resolve(OTHER).resolve("chk-1"), 1);
    JobRecord job = new JobRecord(JOB, List.of(), "/from", true);

    assertThat(job.restartFrom(newest())).contains("/from");

    Path own = complete(checkpoints.resolve(JOB).resolve("chk-1"), 1);

    assertThat(job.restartFrom(newest())).contains(own.toString());
  }

  private Optional<RestorableState> newest() {
    return RestorableState.newest(checkpoints, savepoints, JOB);
  }

  private static Path complete(Path folder, long checkpointId) throws IOException {
    Path metadata = Files.createDirectories(folder).resolve("_metadata");
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(metadata))) {
      out.writeInt(0x4960672d);
      out.writeInt(5);
      out.writeLong(checkpointId);
    }
    return folder;
  }
}
