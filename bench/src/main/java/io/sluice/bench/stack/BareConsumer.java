package io.sluice.bench.stack;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.sun.management.OperatingSystemMXBean;
import io.sluice.ops.Json;
import io.sluice.sandbox.config.Home;
import io.sluice.sandbox.process.Command;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
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
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final double NANOS_PER_SECOND = 1e9;

  private BareConsumer() {}

  /** Runs it in a JVM of its own, with the class path of this one. */
  static Command command(String... arguments) {
    List<String> line =
        new ArrayList<>(
            List.of(
                Home.java(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                BareConsumer.class.getName()));
    line.addAll(List.of(arguments));
    return new Command(line);
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

  /**
   * @throws IllegalStateException if the topic has fewer records
   */
  private static BareReading read(String brokers, String topic, long records) {
    long startCpuNanos = cpuNanos();
    long count = 0;
    long bytes = 0;
    long firstNanos = 0;
    long lastNanos = System.nanoTime();
    try (KafkaConsumer<byte[], byte[]> kafka = new KafkaConsumer<>(settings(brokers))) {
      List<TopicPartition> partitions =
          kafka.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      kafka.assign(partitions);
      kafka.seekToBeginning(partitions);
      while (count < records) {
        ConsumerRecords<byte[], byte[]> polled = kafka.poll(POLL);
        for (ConsumerRecord<byte[], byte[]> record : polled) {
          bytes += record.value().length;
        }
        count += polled.count();
        long now = System.nanoTime();
        if (polled.count() > 0) {
          firstNanos = firstNanos == 0 ? now : firstNanos;
          lastNanos = now;
        } else if (now - lastNanos > SILENCE.toNanos()) {
          throw new IllegalStateException(
              "%s has %,d records, not %,d".formatted(topic, count, records));
        }
      }
      return new BareReading(
          count,
          bytes,
          (lastNanos - firstNanos) / NANOS_PER_SECOND,
          (cpuNanos() - startCpuNanos) / NANOS_PER_SECOND);
    }
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** As the job's source has them. */
  private static Map<String, Object> settings(String brokers) {
    return Map.of(
        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
        brokers,
        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
        ByteArrayDeserializer.class,
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
        ByteArrayDeserializer.class,
        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
        "read_committed",
        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
        false,
        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
        FETCH_BYTES,
        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
        POLL_RECORDS);
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
