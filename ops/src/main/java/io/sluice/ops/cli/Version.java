package io.sluice.ops.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of the parent pom, by a file that the build writes. */
public final class Version implements IVersionProvider {
  private static final String FILE = "version.properties";

  @Override
  public String[] getVersion() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream(FILE)) {
      properties.load(Objects.requireNonNull(in, FILE));
    }
    return new String[] {"sluice " + properties.getProperty("version")};
  }
}
