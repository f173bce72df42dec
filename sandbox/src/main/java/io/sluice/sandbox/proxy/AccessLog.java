package io.sluice.sandbox.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/**
 * The access log of either proxy, one line per request that was answered:
 *
 * <pre>
 * 1700000000.123 200 1048211 0.812 POST 4f0c…-token
 * end, s         │   │       │     │    └ insert_deduplication_token of the URL, or -
 *                │   │       │     └ method
 *                │   │       └ seconds from its first byte to the answer's last
 *                │   └ bytes received: request line, headers and body
 *                └ status
 * </pre>
 *
 * <p>Safe for use by many threads. A line is written whole, so a reader may tail the file.
 */
public final class AccessLog {
  /** The same line as nginx's {@code log_format}. */
  static final String NGINX_FORMAT =
      "$msec $status $request_length $request_time $request_method"
          + " $arg_insert_deduplication_token";

  private final Path file;

  AccessLog(Path file) {
    this.file = file;
  }

  /** One request, with the fields of a line. */
  public record Entry(
      long endEpochMilli,
      int status,
      long requestBytes,
      long durationMilli,
      String method,
      String token) {

    /** Reads a line of the log. */
    public static Entry parse(String line) {
      String[] fields = line.split(" ", -1);
      if (fields.length != 6) {
        throw new IllegalArgumentException("access log: not six fields: " + line);
      }
      return new Entry(
          millis(fields[0]),
          Integer.parseInt(fields[1]),
          Long.parseLong(fields[2]),
          millis(fields[3]),
          fields[4],
          fields[5]);
    }

    private static long millis(String seconds) {
      return Math.round(Double.parseDouble(seconds) * 1000);
    }

    private String line() {
      return String.format(
          Locale.ROOT,
          "%d.%03d %d %d %d.%03d %s %s%n",
          endEpochMilli / 1000,
          endEpochMilli % 1000,
          status,
          requestBytes,
          durationMilli / 1000,
          durationMilli % 1000,
          method,
          token);
    }
  }

  /** Every request in the log so far; none if there is no log yet. */
  public static List<Entry> read(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      String text = Files.readString(file);
      // What follows the last line end is a line that is still being written.
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().map(Entry::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  synchronized void write(Entry entry) {
    try {
      Files.write(
          file,
          entry.line().getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
