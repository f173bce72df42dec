package io.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is in job.jar, and what is not. */
class JobJarIT {
  private static final Path JAR = Repository.ROOT.resolve("job/target/job.jar");

  /** The packages of what is bundled; all else is the cluster's, or by mistake. */
  private static final List<String> BUNDLED =
      List.of(
          "io/sluice/",
          "org/capnproto/",
          "org/apache/flink/connector/base/",
          "org/apache/flink/connector/kafka/",
          "org/apache/flink/streaming/connectors/kafka/",
          "org/apache/flink/streaming/util/serialization/JSONKeyValueDeserializationSchema",
          "org/apache/kafka/",
          "org/xerial/snappy/",
          "net/jpountz/",
          "com/github/luben/zstd/",
          "com/fasterxml/jackson/core/",
          "com/fasterxml/jackson/databind/",
          "com/fasterxml/jackson/annotation/",
          "org/apache/hc/");

  private JarFile jar;

  @BeforeEach
  void open() throws IOException {
    jar = new JarFile(JAR.toFile());
  }

  @AfterEach
  void close() throws IOException {
    jar.close();
  }

  private Stream<String> names() {
    return jar.stream().map(JarEntry::getName).filter(name -> !name.endsWith("/"));
  }

  private String text(String name) throws IOException {
    JarEntry entry = jar.getJarEntry(name);
    assertThat(entry).as(name).isNotNull();
    return new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void hasOnlyClassesThatTheClusterHasNot() {
    assertThat(names().filter(name -> name.endsWith(".class")))
        .isNotEmpty()
        .allMatch(name -> BUNDLED.stream().anyMatch(name::startsWith));
  }

  @Test
  void hasClassesOfEachLibrary() {
    List<String> names = names().toList();
    assertThat(BUNDLED)
        .allSatisfy(bundled -> assertThat(names).anyMatch(name -> name.startsWith(bundled)));
  }

  @Test
  void hasNothingTwice() {
    assertThat(names()).doesNotHaveDuplicates();
  }

  @Test
  void hasNoRestsOfOtherJars() {
    assertThat(names())
        .noneMatch(name -> name.endsWith("module-info.class"))
        .noneMatch(name -> name.matches("META-INF/.*\\.(SF|DSA|RSA)"))
        .noneMatch(name -> name.startsWith("META-INF/maven/"))
        .noneMatch(name -> name.startsWith("META-INF/versions/"));
  }

  @Test
  void saysWhichVersionItIs() throws IOException {
    Attributes manifest = jar.getManifest().getMainAttributes();
    assertThat(manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION))
        .isEqualTo(Repository.property("revision"));
    assertThat(manifest.getValue(Attributes.Name.MAIN_CLASS))
        .isEqualTo("io.sluice.httplog.HttpLogJob");
  }

  @Test
  void keepsTheLicencesOfWhatItBundles() throws IOException {
    assertThat(text("META-INF/LICENSE")).isEqualTo(Repository.read("LICENSE"));
    assertThat(text("META-INF/NOTICE"))
        .contains("Flink : Connectors : Kafka", "Apache HttpClient", "Jackson JSON processor")
        .contains("Copyright © 2023 Werner Randelshofer");
    assertThat(text("NOTICE")).contains("Apache Kafka");
    for (String library : List.of("capnproto-java", "lz4", "snappy", "zstd-jni")) {
      assertThat(text("META-INF/licenses/%s.txt".formatted(library)))
          .isEqualTo(Repository.read("licenses/%s.txt".formatted(library)));
    }
  }
}
