package io.sluice.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class ImageTest {
  private static final Path COMPOSE = Path.of("..", "docker-compose.yml");

  /** Else the tests would speak of other versions than those that are run. */
  @Test
  void theImagesAreThoseOfTheComposeFile() throws Exception {
    assumeTrue(Files.exists(COMPOSE), "there is no docker-compose.yml to compare with");

    Set<String> composed;
    try (Reader file = Files.newBufferedReader(COMPOSE)) {
      Map<String, Map<String, Map<String, Object>>> compose = new Yaml().load(file);
      composed =
          compose.get("services").values().stream()
              .map(service -> service.get("image"))
              .filter(Objects::nonNull)
              .map(Object::toString)
              .collect(Collectors.toSet());
    }

    for (Image image : Image.values()) {
      assertThat(composed).contains(image.official());
    }
  }

  @Test
  void aSystemPropertyNamesAnotherImage() {
    String before = System.getProperty(Image.NGINX.property());
    try {
      System.setProperty(Image.NGINX.property(), "registry.example/proxies/nginx:9");

      assertThat(Image.NGINX.dockerName().asCanonicalNameString())
          .isEqualTo("registry.example/proxies/nginx:9");
    } finally {
      restore(Image.NGINX.property(), before);
    }
  }

  private static void restore(String property, String value) {
    if (value == null) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, value);
    }
  }
}
