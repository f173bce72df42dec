package io.sluice.sandbox.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestorableStateTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

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
    assertThat(newestAfter(Instant.EPOCH)).isEmpty();
  }

  @Test
  void theNewestOfCheckpointsAndSavepointsCounts() throws IOException {
    complete(checkpoints.resolve("a1/chk-9"), NOON);
    Path savepoint = complete(savepoints.resolve("savepoint-a1-77"), NOON.plusSeconds(5));

    assertThat(newestAfter(Instant.EPOCH)).map(RestorableState::path).contains(savepoint);

    Path later = complete(checkpoints.resolve("b2/chk-1"), NOON.plusSeconds(6));

    assertThat(newestAfter(Instant.EPOCH)).map(RestorableState::path).contains(later);
  }

  @Test
  void whatIsNotCompleteDoesNotCount() throws IOException {
    Path whole = complete(checkpoints.resolve("a1/chk-1"), NOON);
    Files.createDirectories(checkpoints.resolve("a1/chk-2"));
    Files.createDirectories(checkpoints.resolve("a1/shared"));

    assertThat(newestAfter(Instant.EPOCH)).map(RestorableState::path).contains(whole);
  }

  @Test
  void aJobWithoutStateOfItsOwnStartsAgainFromWhatItWasStartedFrom() throws IOException {
    complete(checkpoints.resolve("before/chk-1"), NOON);
    JobRecord job =
        new JobRecord("b2", List.of(), "/from", NOON.plusSeconds(1).toEpochMilli(), true);

    assertThat(job.restartFrom(newestAfter(job.submittedAt()))).contains("/from");

    Path own = complete(checkpoints.resolve("b2/chk-1"), NOON.plusSeconds(2));

    assertThat(job.restartFrom(newestAfter(job.submittedAt()))).contains(own.toString());
  }

  private Optional<RestorableState> newestAfter(Instant time) {
    return RestorableState.newest(checkpoints, savepoints, time);
  }

  private static Path complete(Path folder, Instant writtenAt) throws IOException {
    Path metadata = Files.createDirectories(folder).resolve("_metadata");
    Files.writeString(metadata, "state");
    Files.setLastModifiedTime(metadata, FileTime.from(writtenAt));
    return folder;
  }
}
