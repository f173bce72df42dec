package io.sluice.feed.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterWriterTest {
  private final Topic topic = new Topic();
  private final Counter lost = new SimpleCounter();
  private int told = 10_000;

  @Test
  void cutsALetterToWhatTheTopicTakes() throws Exception {
    DeadLetterWriter writer = writer(false);
    topic.takes = told;

    writer.write(letter(1, 1 << 20), null);
    writer.flush(false);

    assertThat(topic.history()).hasSize(1);
    assertThat(topic.history().get(0).value().length).isBetween(told - 500, told);
    assertThat(lost.getCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {2_000, 200, 1})
  void cutsALetterFurtherWhenTheTopicTakesLessThanItSaid(int takes) throws Exception {
    DeadLetterWriter writer = writer(false);
    topic.takes = takes;

    writer.write(letter(1, 1 << 20), null);
    writer.flush(false);

    assertThat(topic.history()).hasSize(1);
    assertThat(topic.history().get(0).value().length).isBetween(takes / 3, takes);
    assertThat(header(topic.history().get(0), "sluice.truncated")).isEqualTo("1048576");
    assertThat(lost.getCount()).isZero();
  }

  @Test
  void givesUpWhatTheTopicDoesNotTakeAndGoesOn() throws Exception {
    DeadLetterWriter writer = writer(false);
    topic.takes = -1;
    writer.write(letter(1, 500), null);
    writer.write(letter(2, 20), null);
    writer.write(letter(3, 0), null);
    writer.flush(false);
    topic.takes = told;
    topic.fails = new InvalidRecordException("one that has no key");
    writer.write(letter(4, 10), null);
    writer.flush(false);
    assertThat(topic.history()).isEmpty();
    assertThat(lost.getCount()).isEqualTo(4);

    topic.fails = null;
    writer.write(letter(5, 10), null);
    writer.flush(false);

    assertThat(topic.history()).hasSize(1);
    assertThat(header(topic.history().get(0), "sluice.offset")).isEqualTo("5");
    assertThat(lost.getCount()).isEqualTo(4);
  }

  @Test
  void failsWhereALetterIsRequired() throws Exception {
    DeadLetterWriter writer = writer(true);
    topic.takes = -1;
    writer.write(letter(17, 500), null);

    assertThatIOException()
        .isThrownBy(() -> writer.flush(false))
        .withMessageContainingAll("http_log-3@17", "dead-letters.required");
    assertThat(lost.getCount()).isZero();
  }

  @Test
  void whatMayPassByItselfIsNeverGivenUp() throws Exception {
    for (RuntimeException passing :
        new RuntimeException[] {
          new TimeoutException("topic not present in metadata"),
          new TopicAuthorizationException("not authorized")
        }) {
      DeadLetterWriter writer = writer(false);
      topic.fails = passing;
      writer.write(letter(1, 500), null);

      assertThatIOException().isThrownBy(() -> writer.flush(false)).withCause(passing);
      assertThat(lost.getCount()).isZero();
    }
  }

  @Test
  void aCheckpointWaitsForTheBrokers() throws Exception {
    DeadLetterWriter writer = writer(false);
    writer.write(letter(1, 500), null);
    assertThat(topic.flushed()).isFalse();

    writer.flush(false);

    assertThat(topic.flushed()).isTrue();
    assertThat(topic.history()).hasSize(1);
  }

  private DeadLetterWriter writer(boolean required) {
    return new DeadLetterWriter(
        "dead",
        topic,
        () -> told,
        required,
        new UnregisteredMetricsGroup() {
          @Override
          public UnregisteredMetricsGroup addGroup(String name) {
            return this;
          }

          @Override
          public Counter counter(String name) {
            assertThat(name).isEqualTo("deadLettersLost");
            return lost;
          }
        });
  }

  private static DeadLetter letter(long offset, int bytes) {
    return new DeadLetter(new byte[bytes], "http_log", 3, offset, 1795176000000L, "empty value");
  }

  private static String header(ProducerRecord<byte[], byte[]> message, String name) {
    return new String(message.headers().lastHeader(name).value(), UTF_8);
  }

  /** Takes values up to a length; answers at once. */
  private static final class Topic extends MockProducer<byte[], byte[]> {
    private int takes = Integer.MAX_VALUE;
    private RuntimeException fails;

    Topic() {
      super(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<byte[], byte[]> message, Callback callback) {
      RuntimeException why =
          message.value().length > takes ? new RecordTooLargeException("too large") : fails;
      if (why == null) {
        return super.send(message, callback);
      }
      callback.onCompletion(null, why);
      return CompletableFuture.failedFuture(why);
    }
  }
}
