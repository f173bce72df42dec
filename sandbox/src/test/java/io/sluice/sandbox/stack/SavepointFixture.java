package io.sluice.sandbox.stack;

import io.sluice.sandbox.Json;
import io.sluice.sandbox.produce.ProducedRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A savepoint of a released version, kept for ever, and what is in it. Under {@code
 * src/test/resources/savepoints/}, a folder each:
 *
 * <pre>
 * format-1/contents.json    this record
 * format-1/savepoint/       what Flink wrote
 * </pre>
 *
 * @param offsets of the topic's partitions, from 0: where the source goes on
 * @param unsent the runs whose records are all in the sink's state, none of them acknowledged
 * @param applied how many of those records had been stored nevertheless, by a request that was
 *     under way when the savepoint was taken
 */
record SavepointFixture(List<Long> offsets, List<ProducedRun> unsent, long applied) {
  static final Path ALL = Path.of("src/test/resources/savepoints");
  static final String SAVEPOINT = "savepoint";
  private static final String CONTENTS = "contents.json";

  SavepointFixture {
    offsets = List.copyOf(offsets);
    unsent = List.copyOf(unsent);
  }

  static List<Path> folders() {
    try (Stream<Path> folders = Files.list(ALL)) {
      return folders.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SavepointFixture read(Path folder) {
    return Json.read(folder.resolve(CONTENTS), SavepointFixture.class).orElseThrow();
  }

  void write(Path folder) {
    Json.write(folder.resolve(CONTENTS), this);
  }
}
