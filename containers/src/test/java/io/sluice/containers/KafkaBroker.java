package io.sluice.containers;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.testcontainers.kafka.KafkaContainer;

/** One Kafka broker in a container, which nobody has to log in to, or somebody has. */
final class KafkaBroker implements AutoCloseable {
  private static final String PLAIN_LOGIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\"";

  /** A second listener, without login, for whoever prepares the test. */
  private static final int OPEN_PORT = 19092;

  private final KafkaContainer container;
  private final boolean secured;

  /** A broker that lets everybody in. */
  static KafkaBroker started() {
    return new KafkaBroker(new KafkaContainer(Image.KAFKA.dockerName()), false);
  }

  /** A broker whose {@link #servers} let that user in, by SASL/PLAIN, and nobody else. */
  static KafkaBroker startedForUser(String user, String password) {
    KafkaContainer kafka = new KafkaContainer(Image.KAFKA.dockerName());
    kafka
        .withEnv(
            "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
            "BROKER:PLAINTEXT,PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT")
        .withEnv("KAFKA_LISTENER_NAME_PLAINTEXT_SASL_ENABLED_MECHANISMS", "PLAIN")
        .withEnv(
            "KAFKA_LISTENER_NAME_PLAINTEXT_PLAIN_SASL_JAAS_CONFIG",
            PLAIN_LOGIN.formatted("broker", "broker-secret")
                + " user_%s=\"%s\";".formatted(user, password))
        .withListener(
            "0.0.0.0:" + OPEN_PORT, () -> kafka.getHost() + ":" + kafka.getMappedPort(OPEN_PORT));
    kafka.addExposedPort(OPEN_PORT);
    return new KafkaBroker(kafka, true);
  }

  /** What a client's {@code sasl.jaas.config} has to be. */
  static String login(String user, String password) {
    return PLAIN_LOGIN.formatted(user, password) + ";";
  }

  private KafkaBroker(KafkaContainer container, boolean secured) {
    this.container = Docker.start(Image.KAFKA, container);
    this.secured = secured;
  }

  /** For the job. */
  String servers() {
    return container.getBootstrapServers();
  }

  /** For the test: nobody is asked who he is. */
  String openServers() {
    return secured ? container.getHost() + ":" + container.getMappedPort(OPEN_PORT) : servers();
  }

  void createTopic(String name, int partitions) throws Exception {
    try (Admin admin = admin()) {
      admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
    }
  }

  /** Messages that were ever written to partition 0. */
  long messages(String topic) throws Exception {
    TopicPartition partition = new TopicPartition(topic, 0);
    try (Admin admin = admin()) {
      return admin
          .listOffsets(Map.of(partition, OffsetSpec.latest()))
          .partitionResult(partition)
          .get()
          .offset();
    }
  }

  private Admin admin() {
    return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, openServers()));
  }

  @Override
  public void close() {
    container.stop();
  }
}
