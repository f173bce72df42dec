package io.sluice.clickhouse.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.clickhouse.block.LaneElement;
import io.sluice.clickhouse.hold.Intake;
import io.sluice.clickhouse.http.Authorities;
import io.sluice.clickhouse.http.ClickHouseClient;
import io.sluice.clickhouse.http.Endpoint;
import io.sluice.clickhouse.http.InsertStatement;
import io.sluice.clickhouse.http.Timeouts;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.junit.jupiter.api.Test;

/** What a lane opened is closed again if its start fails: it may fail again and again. */
class FailedStartTest {
  private final List<ExecutorService> threads = new ArrayList<>();
  private int clients;

  private final LaneParts parts =
      new LaneParts(
          System::nanoTime,
          System::currentTimeMillis,
          () -> "token",
          new Random(1),
          endpoint -> {
            clients++;
            return new ClickHouseClient(endpoint);
          },
          name -> {
            threads.add(Executors.newSingleThreadExecutor());
            return threads.get(threads.size() - 1);
          },
          new BufferMemory(Long.MAX_VALUE));

  private static SinkSettings settings(String... urls) {
    return new SinkSettings(
        Stream.of(urls)
            .map(
                url ->
                    new Endpoint(URI.create(url), "", "", Timeouts.DEFAULT, Authorities.OF_THE_JVM))
            .toList(),
        new InsertStatement("logs", "http_log", List.of("url"), Map.of()),
        Duration.ofSeconds(1),
        1 << 20,
        1 << 20);
  }

  private void open(SinkSettings settings, List<BufferedRequestState<LaneElement>> restored) {
    ClickHouseSinkWriter.open(
        settings,
        WhenFull.BLOCK,
        new Intake(),
        // Without timers and metrics: the writer fails half-way.
        new VirtualContext(null, null, null),
        restored,
        parts);
  }

  @Test
  void opensNothingForALaneThatCannotBe() {
    assertThatThrownBy(() -> open(settings("http://a", "http://b"), List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("1 subtasks run, but there are 2 endpoints");
    assertThat(clients).isZero();
    assertThat(threads).isEmpty();
  }

  @Test
  void closesTheLaneOfAWriterThatFailed() {
    assertThatThrownBy(() -> open(settings("http://a"), List.of()))
        .isInstanceOf(NullPointerException.class);
    assertThat(clients).isEqualTo(1);
    assertThat(threads).hasSize(1).allMatch(ExecutorService::isShutdown);
  }
}
