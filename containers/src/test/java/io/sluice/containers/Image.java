package io.sluice.containers;

import org.testcontainers.utility.DockerImageName;

/**
 * The images that are tested, each named here and nowhere else: those of {@code
 * docker-compose.yml}. {@code -Dsluice.images.clickhouse=…} takes another one.
 */
enum Image {
  CLICKHOUSE("clickhouse", "clickhouse/clickhouse-server", "26.7.13.12"),
  KAFKA("kafka", "apache/kafka", "4.3.1"),
  NGINX("nginx", "nginx", "1.30.4-alpine");

  private final String property;
  private final String repository;
  private final String tag;

  Image(String key, String repository, String tag) {
    this.property = "sluice.images." + key;
    this.repository = repository;
    this.tag = tag;
  }

  String property() {
    return property;
  }

  /** The official image, {@code repository:tag}. */
  String official() {
    return repository + ":" + tag;
  }

  /** The image to run; one of another name is taken for a substitute. */
  DockerImageName dockerName() {
    return DockerImageName.parse(System.getProperty(property, official()))
        .asCompatibleSubstituteFor(repository);
  }
}
