package io.sluice.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where things are; tests run in the folder of their module. */
final class Repository {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  static final Path KUBERNETES = ROOT.resolve("deploy/kubernetes");
  static final Path BASE = KUBERNETES.resolve("base");
  static final Path COMPONENTS = KUBERNETES.resolve("components");

  private Repository() {}

  static String read(String file) {
    try {
      return Files.readString(ROOT.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The value of a property of the parent pom. */
  static String property(String name) {
    Matcher matcher =
        Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)<").matcher(read("pom.xml"));
    if (!matcher.find()) {
      throw new IllegalArgumentException("pom.xml has no property " + name);
    }
    return matcher.group(1);
  }

  /** The FlinkDeployment as it is in the base. */
  static JsonNode flinkDeployment() {
    return Yaml.document(BASE.resolve("flink-deployment.yaml"));
  }
}
