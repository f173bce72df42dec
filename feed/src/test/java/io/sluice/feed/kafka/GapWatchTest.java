package io.sluice.feed.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.feed.testing.RegisteredCounters;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class GapWatchTest {
  private static final TopicPartition P0 = new TopicPartition("http_log", 0);
  private static final TopicPartition P1 = new TopicPartition("http_log", 1);

  private final RegisteredCounters counters = new RegisteredCounters();
  private final Broker broker = new Broker();

  /** Says where the logs begin, or fails, or never answers. */
  private static final class Broker extends FakeTopic {
    final CountDownLatch asked = new CountDownLatch(1);
    final AtomicInteger questions = new AtomicInteger();
    volatile boolean silent;
    volatile boolean closed;

    @Override
    Map<TopicPartition, Long> earliest(Set<TopicPartition> partitions) throws Exception {
      questions.incrementAndGet();
      asked.countDown();
      if (silent) {
        new CountDownLatch(1).await();
      }
      if (away) {
        throw new IOException("no broker");
      }
      return super.earliest(partitions);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void countsAGapOfDeletedRecordsAsLost() {
    broker.starts.put(P0, 250L);
    broker.starts.put(P1, 0L);
    try (GapWatch watch = watch(Duration.ofMillis(50))) {
      watch.met(new OffsetGap(P0, 100, 250));
      watch.met(new OffsetGap(P1, 7, 8));

      assertThat(count("skippedOffsets")).isEqualTo(151);
      await().untilAsserted(() -> assertThat(count("recordsDeletedUnread")).isEqualTo(150));
      assertThat(broker.questions).hasValue(1);
    }
    assertThat(broker.closed).isTrue();
  }

  @Test
  void judgesLaterGapsToo() {
    broker.starts.put(P0, 400L);
    try (GapWatch watch = watch(Duration.ZERO)) {
      watch.met(new OffsetGap(P0, 100, 250));
      await().until(() -> count("recordsDeletedUnread") == 150);

      watch.met(new OffsetGap(P0, 300, 400));
      await().until(() -> count("recordsDeletedUnread") == 250);
    }
  }

  @Test
  void countsAllAsLostWhenKafkaDoesNotTell() {
    broker.away = true;
    try (GapWatch watch = watch(Duration.ZERO)) {
      watch.met(new OffsetGap(P0, 100, 250));

      await().untilAsserted(() -> assertThat(count("recordsDeletedUnread")).isEqualTo(150));
    }
  }

  @Test
  void closesWhileKafkaIsAskedAndCountsTheWorst() throws Exception {
    broker.silent = true;
    GapWatch watch = watch(Duration.ZERO);
    watch.met(new OffsetGap(P0, 100, 250));
    broker.asked.await();

    watch.close();

    assertThat(count("recordsDeletedUnread")).isEqualTo(150);
    assertThat(broker.closed).isTrue();
  }

  @Test
  void connectsOnlyWhenThereIsAGap() {
    watch(Duration.ZERO).close();

    assertThat(broker.questions).hasValue(0);
    assertThat(broker.closed).isFalse();
  }

  private GapWatch watch(Duration collectFor) {
    return new GapWatch(counters.environment().getMetricGroup(), () -> broker, collectFor);
  }

  private long count(String name) {
    return counters.count("taskmanager.job.task.sluice." + name);
  }
}
