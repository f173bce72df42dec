package io.sluice.bench.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.sun.management.OperatingSystemMXBean;
import io.sluice.ops.Json;
import io.sluice.sandbox.kafka.KafkaTopics;
import io.sluice.sandbox.process.Command;
import io.sluice.sandbox.process.Subprocess;
import io.sluice.sandbox.stack.Stack;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic from its beginning and does nothing with it: what any consumer of these records
 * pays at least. In a JVM of its own, so that its CPU time is its own; prints a {@link BareReading}
 * as JSON.
 */
public final class BareConsumer {
  private static final int FETCH_BYTES = 8 << 20;
  private static final int POLL_RECORDS = 10_000;
  private static final Duration WITHIN = Duration.ofMinutes(10);
  private static final Duration POLL = Duration.ofMillis(100);

  private BareConsumer() {}

  /** Reads all records of the stack, in a JVM of its own with the class path of this one. */
  static BareReading run(Stack stack, long records) {
    String brokers = stack.options().ports().kafkaBrokers();
    String output =
        Subprocess.run(command(brokers, KafkaTopics.HTTP_LOG, Long.toString(records)), WITHIN);
    // Before it there may be what the client logs.
    JsonNode reading = Json.parse(output.lines().reduce((before, line) -> line).orElse(""));
    return new BareReading(
        reading.path("records").asLong(),
        reading.path("bytes").asLong(),
        reading.path("seconds").asDouble(),
        reading.path("cpu_seconds").asDouble());
  }

  static Command command(String... arguments) {
    return Command.java(
        List.of("-Xmx512m"),
        System.getProperty("java.class.path"),
        BareConsumer.class.getName(),
        List.of(arguments));
  }

  /**
   * Reads once and prints.
   *
   * @param arguments brokers, topic, number of records
   */
  public static void main(String[] arguments) {
    if (arguments.length != 3) {
      throw new IllegalArgumentException("arguments must be: brokers, topic, number of records");
    }
    System.out.println(Json.line(read(arguments[0], arguments[1], Long.parseLong(arguments[2]))));
  }

  private static BareReading read(String brokers, String topic, long records) {
    long startCpuNanos = cpuNanos();
    long count = 0;
    long bytes = 0;
    long firstNanos = 0;
    long lastNanos = 0;
    try (KafkaConsumer<byte[], byte[]> kafka = consumer(brokers)) {
      List<TopicPartition> partitions =
          kafka.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      kafka.assign(partitions);
      kafka.seekToBeginning(partitions);
      while (count < records) {
        long before = count;
        for (ConsumerRecord<byte[], byte[]> record : kafka.poll(POLL)) {
          bytes += record.value().length;
          count++;
        }
        long now = System.nanoTime();
        if (count > before) {
          firstNanos = firstNanos == 0 ? now : firstNanos;
          lastNanos = now;
        }
      }
      return new BareReading(
          count, bytes, (lastNanos - firstNanos) / 1e9, (cpuNanos() - startCpuNanos) / 1e9);
    }
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** With the settings of the job's source. */
  private static KafkaConsumer<byte[], byte[]> consumer(String brokers) {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /**
   * How a bare Kafka consumer read the topic.
   *
   * @param seconds from the first poll that gave records to the last
   * @param cpuSeconds of its whole JVM, from before the consumer was made
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record BareReading(long records, long bytes, double seconds, double cpuSeconds) {
    double recordsPerSecond() {
      return records / seconds;
    }

    double cpuSecondsPerMillion() {
      return cpuSeconds / (records / 1e6);
    }
  }
}
