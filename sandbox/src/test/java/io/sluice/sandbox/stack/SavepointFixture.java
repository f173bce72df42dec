package io.sluice.sandbox.stack;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.sluice.ops.Json;
import io.sluice.ops.audit.ProducedRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

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
 * @param topicId of the topic that the offsets are of, in Kafka's notation; null where the state
 *     does not know it
 */
record SavepointFixture(
    List<Long> offsets,
    List<ProducedRun> unsent,
    long applied,
    @JsonProperty("topic_id") String topicId) {
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

  /**
   * Copies what Flink wrote, but for the topic: no other has the id of the one that it was written
   * of, so that of another takes its place.
   */
  void copySavepoint(Path folder, Path to, Uuid otherTopic) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(folder.resolve(SAVEPOINT))) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    if (topicId != null) {
      replace(to.resolve("_metadata"), bytes(Uuid.fromString(topicId)), bytes(otherTopic));
    }
  }

  private static byte[] bytes(Uuid id) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private static void replace(Path file, byte[] from, byte[] to) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    String old = new String(from, StandardCharsets.ISO_8859_1);
    if (!text.contains(old)) {
      throw new IOException(file + " does not have the topic's id");
    }
    String replaced = text.replace(old, new String(to, StandardCharsets.ISO_8859_1));
    Files.writeString(file, replaced, StandardCharsets.ISO_8859_1);
  }

  void write(Path folder) {
    Json.write(folder.resolve(CONTENTS), this);
  }
}
