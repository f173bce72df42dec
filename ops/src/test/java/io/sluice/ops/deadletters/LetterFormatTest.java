package io.sluice.ops.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class LetterFormatTest {
  private static final Map<String, String> OF_THE_JOB =
      Map.of(
          "sluice.topic", "http_log",
          "sluice.partition", "3",
          "sluice.offset", "1234567",
          "sluice.timestamp", "1795176000000",
          "sluice.reason", "truncated: ends before its last segment does");

  @Test
  void readsWhatTheJobWrites() {
    assertThat(LetterFormat.letter(message(OF_THE_JOB, new byte[100])))
        .contains(
            new Letter(
                new Place("http_log_dead_letters", 0, 7),
                new Place("http_log", 3, 1_234_567),
                1_795_176_000_000L,
                1_795_176_000_500L,
                "truncated: ends before its last segment does",
                100,
                false));
    assertThat(LetterFormat.receipt(message(OF_THE_JOB, new byte[100]))).isEmpty();
  }

  @Test
  void hidesTheNumbersInReasonsOfEarlierReleases() {
    Map<String, String> early = new java.util.HashMap<>(OF_THE_JOB);
    early.put("sluice.reason", "segment table announces 774975026 segments");

    assertThat(LetterFormat.letter(message(early, new byte[9])).orElseThrow().reason())
        .isEqualTo("segment table announces # segments");
  }

  @Test
  void aCutValueAndATombstoneAreNotWhole() {
    Map<String, String> cut = new java.util.HashMap<>(OF_THE_JOB);
    cut.put("sluice.truncated", "1048000");

    assertThat(LetterFormat.letter(message(cut, new byte[9])).orElseThrow().isWhole()).isFalse();
    assertThat(LetterFormat.letter(message(OF_THE_JOB, null)).orElseThrow().isWhole()).isFalse();
    assertThat(LetterFormat.letter(message(OF_THE_JOB, new byte[0])).orElseThrow().isWhole())
        .isTrue();
  }

  @Test
  void readsTheReceiptThatItWrites() {
    Receipt receipt = new Receipt(new Place("http_log", 3, 5), new Place("http_log", 1, 9));
    ProducerRecord<byte[], byte[]> written = LetterFormat.receipt("letters", receipt);
    ConsumerRecord<byte[], byte[]> read =
        new ConsumerRecord<>("letters", 0, 0, null, written.value());
    written.headers().forEach(read.headers()::add);

    assertThat(LetterFormat.receipt(read)).contains(receipt);
    assertThat(LetterFormat.letter(read)).isEmpty();
  }

  @Test
  void whatSomebodyElseWroteIsNeither() {
    for (Map<String, String> headers :
        java.util.List.of(
            Map.<String, String>of(),
            Map.of("sluice.topic", "http_log"),
            Map.of("sluice.topic", "http_log", "sluice.partition", "x", "sluice.offset", "1"))) {
      assertThat(LetterFormat.letter(message(headers, new byte[1]))).isEmpty();
      assertThat(LetterFormat.receipt(message(headers, new byte[1]))).isEmpty();
    }
  }

  private static ConsumerRecord<byte[], byte[]> message(Map<String, String> headers, byte[] value) {
    RecordHeaders all = new RecordHeaders();
    headers.forEach((name, text) -> all.add(name, text.getBytes(UTF_8)));
    return new ConsumerRecord<>(
        "http_log_dead_letters",
        0,
        7,
        1_795_176_000_500L,
        TimestampType.CREATE_TIME,
        0,
        0,
        null,
        value,
        all,
        Optional.empty());
  }
}
