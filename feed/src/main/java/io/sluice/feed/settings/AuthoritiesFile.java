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
  private AuthoritiesFile() {}

  /**
   * The certificates in it, one after the other; empty for those that the JVM trusts.
   *
   * @param entered the file's path; blank for none
   * @throws ConfigException if it is no such file, or no endpoint has a use for it
   */
  public static String read(Entered entered, List<URI> endpoints) {
    String path = entered.text().trim();
    if (path.isEmpty()) {
      return "";
    }
    if (endpoints.stream().noneMatch(url -> "https".equalsIgnoreCase(url.getScheme()))) {
      throw entered.wrong(
          "is set, but no endpoint begins with https://", "it only with endpoints of https");
    }
    try {
      String pem = Files.readString(Path.of(path), StandardCharsets.ISO_8859_1);
      if (pem.isBlank()) {
        throw new IllegalArgumentException("is empty");
      }
      return new Authorities(pem).pem();
    } catch (IOException | InvalidPathException e) {
      throw wrong(entered, "cannot be read");
    } catch (IllegalArgumentException e) {
      throw wrong(entered, e.getMessage());
    }
  }

  private static ConfigException wrong(Entered entered, String what) {
    return entered.wrong(
        "names a file that " + what, "a PEM file of certificates, readable where main runs");
  }
}
