package io.sluice.sandbox.flink;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A completed checkpoint or savepoint on disk that a job can start from.
 *
 * <p>Whose it is and which one is the newest does not depend on times: a file system's clock need
 * not be this machine's, and either may have been set. Flink names the folders after the job, and
 * counts checkpoints and savepoints of a job in one sequence, whose number its {@code _metadata}
 * begins with, after a magic number and a version, each of four bytes (Flink's {@code
 * MetadataSerializer}).
 *
 * @param path its folder
 * @param checkpointId its number within the job, savepoints included
 */
public record RestorableState(Path path, long checkpointId) {
  private static final String METADATA = "_metadata";
  private static final int MAGIC = 0x4960672d;

  /** Of a job's id that many digits are in the names of its savepoints. */
  private static final int DIGITS = 6;

  /**
   * The newest of a job's retained checkpoints ({@code <job>/chk-<n>/}) and savepoints ({@code
   * savepoint-<first six digits of job>-…/}) in these folders.
   */
  public static Optional<RestorableState> newest(Path checkpoints, Path savepoints, String jobId) {
    String prefix = "savepoint-" + jobId.substring(0, Math.min(DIGITS, jobId.length())) + "-";
    return Stream.concat(
            foldersIn(checkpoints.resolve(jobId)).stream(),
            foldersIn(savepoints).stream()
                .filter(folder -> folder.getFileName().toString().startsWith(prefix)))
        .flatMap(folder -> completeIn(folder).stream())
        .max(Comparator.comparing(RestorableState::checkpointId));
  }

  /** The metadata is the last that is written. */
  private static Optional<RestorableState> completeIn(Path folder) {
    try (DataInputStream metadata =
        new DataInputStream(Files.newInputStream(folder.resolve(METADATA)))) {
      boolean isOurs = metadata.readInt() == MAGIC;
      metadata.readInt();
      return isOurs
          ? Optional.of(new RestorableState(folder, metadata.readLong()))
          : Optional.empty();
    } catch (IOException notCompleteOrSubsumedMeanwhile) {
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
