package io.sluice.feed.settings;

import io.sluice.clickhouse.http.Authorities;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * The file that {@code clickhouse.tls.ca} names. It is read where the job is submitted, and what is
 * in it goes along with the job.
 */
public final class AuthoritiesFile {
  private static final long MAX_BYTES = 1 << 20;
  private static final String EXPECTED = "a PEM file of certificates, readable where main runs";

  private AuthoritiesFile() {}

  /**
   * Reads it.
   *
   * @param entered the file's path; blank for none
   * @throws ConfigException if it is no such file, or no endpoint has a use for it
   */
  public static Authorities read(Entered entered, List<URI> endpoints) {
    String path = entered.text().trim();
    if (path.isEmpty()) {
      return Authorities.OF_THE_JVM;
    }
    if (endpoints.stream().noneMatch(url -> "https".equalsIgnoreCase(url.getScheme()))) {
      throw entered.wrong(
          "is set, but no endpoint begins with https://", "it only with endpoints of https");
    }
    String pem = text(entered, path);
    if (pem.isBlank()) {
      throw entered.wrong("names an empty file", EXPECTED);
    }
    try {
      return new Authorities(pem);
    } catch (IllegalArgumentException e) {
      throw entered.wrong("names a file that " + e.getMessage(), EXPECTED);
    }
  }

  private static String text(Entered entered, String path) {
    try {
      Path file = Path.of(path);
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException("more than a file of certificates");
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException | InvalidPathException e) {
      throw entered.wrong("names a file that cannot be read", EXPECTED);
    }
  }
}
