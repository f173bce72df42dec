package io.sluice.httplog;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.feed.kafka.DeadLetter;
import io.sluice.feed.kafka.KafkaMessage;
import io.sluice.feed.testing.RegisteredCounters;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecodeHttpLogTest {
  private static final long KAFKA_TIME = 1795176000999L;
  private static final long READ_AT = KAFKA_TIME + 250;

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
    harness.setProcessingTime(READ_AT);
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
    assertThat(record.arrivalEpochMilli).isEqualTo(KAFKA_TIME);
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

  @Test
  void emitsEveryRecordOfAValueWithSeveralMessages() throws Exception {
    List<LogRow> rows = List.of(LogRow.EXAMPLE, LogRow.DEFAULTS, row("/a"), row("/b"));

    harness.processElement(message(stream(rows)), 0);

    assertThat(harness.extractOutputValues()).extracting(LogRow::of).isEqualTo(rows);
    assertThat(harness.extractOutputValues())
        .extracting(record -> record.arrivalEpochMilli)
        .containsOnly(KAFKA_TIME);
    assertThat(harness.getSideOutput(DecodeHttpLog.DEAD_LETTERS)).isNull();
  }

  @Test
  void emitsNothingOfAValueThatIsCutOffInAnyOfItsMessages() throws Exception {
    byte[] one = row("/a").encode();
    byte[] three = stream(List.of(row("/a"), row("/a"), row("/a")));
    int letters = 0;
    for (int length = 0; length <= three.length; length++) {
      int before = harness.extractOutputValues().size();
      harness.processElement(message(Arrays.copyOf(three, length)), 0);

      boolean whole = length > 0 && length % one.length == 0;
      letters += whole ? 0 : 1;
      assertThat(harness.extractOutputValues())
          .as("%d of %d bytes", length, three.length)
          .hasSize(before + (whole ? length / one.length : 0));
    }
    assertThat(harness.getSideOutput(DecodeHttpLog.DEAD_LETTERS)).hasSize(letters);
  }

  @Test
  void aBrokenMessageBehindGoodOnesMakesOneDeadLetterOfAllOfThem() throws Exception {
    byte[] good = stream(List.of(row("/a"), row("/b")));
    byte[] garbage = concat(good, new byte[] {(byte) 0xaa});
    byte[] zerosBetween = concat(good, new byte[8], good);

    harness.processElement(message(garbage), 0);
    harness.processElement(message(zerosBetween), 0);

    assertThat(harness.extractOutputValues()).isEmpty();
    assertThat(harness.getSideOutput(DecodeHttpLog.DEAD_LETTERS))
        .extracting(StreamRecord::getValue)
        .extracting(DeadLetter::value)
        .containsExactly(garbage, zerosBetween);
    assertThat(harness.getSideOutput(DecodeHttpLog.DEAD_LETTERS))
        .allMatch(letter -> letter.getValue().reason().startsWith("behind the first message: "));
    assertThat(counters.count("taskmanager.job.task.operator.sluice.undecodableMessages"))
        .isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, Long.MIN_VALUE, READ_AT + 1, 253_402_300_800_000L, Long.MAX_VALUE})
  void aTimestampThatCannotBeTrueGivesWayToTheTimeOfReading(long timestamp) throws Exception {
    harness.processElement(message(LogRow.EXAMPLE.encode(), timestamp), 0);
    harness.processElement(message(LogRow.EXAMPLE.encode(), KAFKA_TIME), 0);
    harness.setProcessingTime(READ_AT + 7_000);
    harness.processElement(message(LogRow.EXAMPLE.encode(), Long.MAX_VALUE), 0);
    harness.processElement(message(new byte[0], timestamp), 0);

    assertThat(harness.extractOutputValues())
        .extracting(record -> record.arrivalEpochMilli)
        .containsExactly(READ_AT, KAFKA_TIME, READ_AT + 7_000);
    assertThat(harness.getSideOutput(DecodeHttpLog.DEAD_LETTERS))
        .as("the letter says what Kafka said")
        .allMatch(letter -> letter.getValue().timestampEpochMilli() == timestamp);
  }

  private static LogRow row(String url) {
    return new LogRow(1, 2, 3, 4, 5, "HIT", "GET", "192.0.2.1", url);
  }

  private static byte[] stream(List<LogRow> rows) {
    return concat(rows.stream().map(LogRow::encode).toArray(byte[][]::new));
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static KafkaMessage message(byte[] value) {
    return message(value, KAFKA_TIME);
  }

  private static KafkaMessage message(byte[] value, long timestamp) {
    KafkaMessage message = new KafkaMessage();
    message.topic = "http_log";
    message.partition = 3;
    message.offset = 17;
    message.timestampEpochMilli = timestamp;
    message.value = value;
    return message;
  }
}
