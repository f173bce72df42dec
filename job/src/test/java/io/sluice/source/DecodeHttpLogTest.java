package io.sluice.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.record.HttpLogRecord;
import io.sluice.testing.RegisteredCounters;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DecodeHttpLogTest {
  private static final long KAFKA_TIME = 1795176000999L;

  private final RegisteredCounters counters = new RegisteredCounters();
  private OneInputStreamOperatorTestHarness<KafkaMessage, HttpLogRecord> harness;

  @BeforeEach
  void open() throws Exception {
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new DecodeHttpLog()), counters.environment());
    harness.setup(
        TypeInformation.of(HttpLogRecord.class).createSerializer(new SerializerConfigImpl()));
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void emitsTheRecordWithKafkasTime() throws Exception {
    harness.processElement(message(LogRow.EXAMPLE.encode()), 0);

    assertThat(harness.extractOutputValues()).hasSize(1);
    HttpLogRecord record = harness.extractOutputValues().get(0);
    assertThat(LogRow.of(record)).isEqualTo(LogRow.EXAMPLE);
    assertThat(record.kafkaTimestampEpochMilli).isEqualTo(KAFKA_TIME);
    assertThat(harness.getSideOutput(DecodeHttpLog.DEAD_LETTERS)).isNull();
  }

  @Test
  void sendsWhatCannotBeDecodedToTheDeadLettersAndGoesOn() throws Exception {
    byte[] broken = {1, 2, 3};

    harness.processElement(message(broken), 0);
    harness.processElement(message(null), 0);
    harness.processElement(message(LogRow.EXAMPLE.encode()), 0);

    assertThat(harness.getSideOutput(DecodeHttpLog.DEAD_LETTERS))
        .extracting(StreamRecord::getValue)
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(
            new DeadLetter(
                broken,
                "http_log",
                3,
                17,
                KAFKA_TIME,
                "truncated in the first word of the segment table"),
            new DeadLetter(null, "http_log", 3, 17, KAFKA_TIME, "no value (tombstone)"));
    assertThat(harness.extractOutputValues())
        .extracting(LogRow::of)
        .containsExactly(LogRow.EXAMPLE);
    assertThat(counters.count("taskmanager.job.task.operator.sluice.undecodableMessages"))
        .isEqualTo(2);
  }

  private static KafkaMessage message(byte[] value) {
    KafkaMessage message = new KafkaMessage();
    message.topic = "http_log";
    message.partition = 3;
    message.offset = 17;
    message.timestampEpochMilli = KAFKA_TIME;
    message.value = value;
    return message;
  }
}
