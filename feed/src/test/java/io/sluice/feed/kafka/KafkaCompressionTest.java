package io.sluice.feed.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.Record;
import org.apache.kafka.common.record.SimpleRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Topics may be compressed. The libraries for that come with the Kafka clients, but in newer
 * releases than those were built with (see {@code docs/dependencies.md}).
 */
class KafkaCompressionTest {
  @ParameterizedTest
  @EnumSource(CompressionType.class)
  void batchesAreReadAsTheyWereWritten(CompressionType type) {
    List<byte[]> values = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      byte[] value = "GET /path/%d HTTP/1.1 200".formatted(i).getBytes(UTF_8);
      if (i % 7 == 0) {
        random.nextBytes(value);
      }
      values.add(value);
    }
    SimpleRecord[] written = values.stream().map(SimpleRecord::new).toArray(SimpleRecord[]::new);
    MemoryRecords batch = MemoryRecords.withRecords(Compression.of(type).build(), written);
    assertThat(batch.batches().iterator().next().compressionType()).isEqualTo(type);

    List<byte[]> read = new ArrayList<>();
    for (Record record : MemoryRecords.readableRecords(batch.buffer().duplicate()).records()) {
      ByteBuffer value = record.value();
      byte[] bytes = new byte[value.remaining()];
      value.get(bytes);
      read.add(bytes);
    }
    assertThat(read).usingElementComparator(Arrays::compare).isEqualTo(values);
  }
}
