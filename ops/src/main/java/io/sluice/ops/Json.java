package io.sluice.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The small JSON files of the state folder, and the JSON lines on stdout. Files are replaced whole,
 * so that a reader never sees half of one. Thread-safe.
 */
public final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private Json() {}

  /** One line, without a line end. */
  public static String line(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not expressible in JSON: " + value, e);
    }
  }

  /** Throws IllegalArgumentException if {@code text} is not JSON. */
  public static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + text, e);
    }
  }

  public static void write(Path file, Object value) {
    write(file, value, false);
  }

  /** A file that only its owner can read, where the file system knows owners. */
  public static void writePrivate(Path file, Object value) {
    write(file, value, true);
  }

  private static void write(Path file, Object value, boolean isPrivate) {
    try {
      Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
      String name = file.getFileName().toString();
      // A temporary file is its owner's alone.
      Path next =
          isPrivate ? Files.createTempFile(folder, name, ".next") : folder.resolve(name + ".next");
      MAPPER.writer(SerializationFeature.INDENT_OUTPUT).writeValue(next.toFile(), value);
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** The file's content; empty if there is no such file. */
  public static <T> Optional<T> read(Path file, Class<T> type) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(MAPPER.readValue(file.toFile(), type));
    } catch (IOException e) {
      throw OperatorException.failed(
          file + " cannot be read as " + type.getSimpleName() + ": " + e.getMessage());
    }
  }
}
