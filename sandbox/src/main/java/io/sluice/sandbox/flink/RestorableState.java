package io.sluice.sandbox.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A completed checkpoint or savepoint on disk that a job can start from.
 *
 * @param path its folder
 * @param writtenAt when its {@code _metadata} appeared, which is the last thing that happens
 */
public record RestorableState(Path path, Instant writtenAt) {
  private static final String METADATA = "_metadata";

  /**
   * The newest of the retained checkpoints ({@code <job>/chk-<n>/}) and savepoints ({@code
   * savepoint-…/}) in these folders.
   *
   * @param after older ones do not count
   */
  public static Optional<RestorableState> newest(Path checkpoints, Path savepoints, Instant after) {
    return Stream.concat(
            foldersIn(checkpoints).stream().flatMap(job -> foldersIn(job).stream()),
            foldersIn(savepoints).stream())
        .flatMap(folder -> completeIn(folder).stream())
        .filter(state -> !state.writtenAt().isBefore(after))
        .max(Comparator.comparing(RestorableState::writtenAt));
  }

  private static Optional<RestorableState> completeIn(Path folder) {
    Path metadata = folder.resolve(METADATA);
    try {
      return Files.exists(metadata)
          ? Optional.of(
              new RestorableState(folder, Files.getLastModifiedTime(metadata).toInstant()))
          : Optional.empty();
    } catch (IOException subsumedMeanwhile) {
      return Optional.empty();
    }
  }

  private static List<Path> foldersIn(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Files::isDirectory).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }
}
