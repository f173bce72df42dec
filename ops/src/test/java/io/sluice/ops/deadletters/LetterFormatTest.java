package io.sluice.ops.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
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

  private final Backlog backlog = new Backlog();

  @Test
  void readsWhatTheJobWrites() {
    assertThat(letter(OF_THE_JOB, new byte[100]))
        .isEqualTo(
            new Letter(
                new Place("http_log_dead_letters", 0, 7),
                new Place("http_log", 3, 1_234_567),
                1_795_176_000_000L,
                1_795_176_000_500L,
                "truncated: ends before its last segment does",
                100,
                false));
  }

  @Test
  void hidesTheNumbersInReasonsOfEarlierReleases() {
    Map<String, String> early = new HashMap<>(OF_THE_JOB);
    early.put("sluice.reason", "segment table announces 774975026 segments");

    assertThat(letter(early, new byte[9]).reason()).isEqualTo("segment table announces # segments");
  }

  @Test
  void aCutValueAndATombstoneAreNotWhole() {
    Map<String, String> cut = new HashMap<>(OF_THE_JOB);
    cut.put("sluice.truncated", "1048000");

    assertThat(letter(cut, new byte[9]).isWhole()).isFalse();
    assertThat(letter(OF_THE_JOB, null).isWhole()).isFalse();
    assertThat(letter(OF_THE_JOB, new byte[0]).isWhole()).isTrue();
  }

  @Test
  void readsTheReceiptThatItWrites() {
    Receipt receipt = new Receipt(Letters.origin(5), Letters.origin(9));
    ProducerRecord<byte[], byte[]> written = LetterFormat.receipt("letters", receipt);
    ConsumerRecord<byte[], byte[]> read =
        new ConsumerRecord<>("letters", 0, 0, null, written.value());
    written.headers().forEach(read.headers()::add);

    LetterFormat.read(read, backlog);

    assertThat(backlog.letters()).isEmpty();
    assertThat(backlog.foreign()).isZero();
    assertThat(backlog.standing(Letters.letter(1, 5), Letters.TOPIC)).isEqualTo(Standing.REPLAYED);
    assertThat(backlog.standing(Letters.letter(2, 9), Letters.TOPIC)).isEqualTo(Standing.CAME_BACK);
  }

  @Test
  void whatSomebodyElseWroteIsNeither() {
    for (Map<String, String> headers :
        List.of(
            Map.<String, String>of(),
            Map.of("sluice.topic", "http_log"),
            Map.of("sluice.partition", "1", "sluice.offset", "1"),
            Map.of("sluice.topic", "http_log", "sluice.partition", "x", "sluice.offset", "1"))) {
      LetterFormat.read(message(headers, new byte[1]), backlog);
    }

    assertThat(backlog.foreign()).isEqualTo(4);
    assertThat(backlog.letters()).isEmpty();
  }

  private static Letter letter(Map<String, String> headers, byte[] value) {
    Backlog alone = new Backlog();
    LetterFormat.read(message(headers, value), alone);
    return alone.letters().get(0);
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
