package io.sluice.httplog;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.sluice.clickhouse.testing.FakeClickHouse;
import io.sluice.clickhouse.testing.FakeClickHouse.Mode;
import io.sluice.clickhouse.testing.FakeClickHouse.Request;
import io.sluice.feed.kafka.KafkaMessage;
import io.sluice.feed.settings.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole topology in a Flink cluster inside this JVM, against faults on demand. */
class PipelineTest {
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofMillis(200);
  private static final int ROWS = 20_000;

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @TempDir private Path checkpoints;
  private FakeClickHouse clickHouse;

  @BeforeEach
  void start() throws IOException {
    clickHouse = new FakeClickHouse();
  }

  @AfterEach
  void stop() {
    clickHouse.close();
  }

  @Test
  void storesAllOfABoundedInputOnceBeforeTheJobFinishes() throws Exception {
    environment(rows(ROWS)).execute();

    assertStoredOnce(ROWS);
  }

  @Test
  void runsWhereGenericTypesAreForbidden() throws Exception {
    StreamExecutionEnvironment env = environment(rows(1_000));
    env.configure(new Configuration().set(PipelineOptions.GENERIC_TYPES, false));

    env.execute();

    assertStoredOnce(1_000);
  }

  @Test
  void eachLaneSendsToItsOwnEndpoint() throws Exception {
    try (FakeClickHouse second = new FakeClickHouse()) {
      environment(rows(ROWS), "--clickhouse.endpoints", clickHouse.url() + "," + second.url())
          .execute();

      assertThat(clickHouse.stored()).isNotEmpty();
      assertThat(second.stored()).isNotEmpty();
      assertStoredOnce(ROWS, clickHouse, second);
    }
  }

  @Test
  void checkpointsGoOnWhileTheBufferIsFullAndTheSourceIsHeld(@InjectMiniCluster MiniCluster flink)
      throws Exception {
    clickHouse.mode(Mode.TURN_AWAY);
    int rows = 100_000;
    JobClient job =
        environment(rows(rows), "--request.max-bytes", "65536", "--buffer.max-bytes", "65536")
            .executeAsync();
    await().untilAsserted(() -> assertThat(clickHouse.turnedAway()).isPositive());

    long before = completedCheckpoints(flink, job);
    await().until(() -> completedCheckpoints(flink, job) >= before + 3);
    assertThat(clickHouse.stored()).isEmpty();

    clickHouse.mode(Mode.STORE);
    job.getJobExecutionResult().get();
    assertStoredOnce(rows);
    assertThat(clickHouse.stored()).allMatch(request -> request.body().length <= 65_536);
  }

  @Test
  void checkpointsGoOnWhileARequestHangs(@InjectMiniCluster MiniCluster flink) throws Exception {
    clickHouse.mode(Mode.HANG);
    JobClient job = environment(rows(ROWS)).executeAsync();
    await().until(() -> !clickHouse.hanging().isEmpty());

    long before = completedCheckpoints(flink, job);
    await().until(() -> completedCheckpoints(flink, job) >= before + 3);
    job.cancel().get();
  }

  @Test
  void afterALostTaskManagerSendsTheSameBytesUnderTheSameToken(@InjectMiniCluster MiniCluster flink)
      throws Exception {
    clickHouse.mode(Mode.HANG);
    JobClient job = environment(rows(ROWS)).executeAsync();
    await().until(() -> !clickHouse.hanging().isEmpty());
    Request first = clickHouse.hanging().get(0);

    clickHouse.mode(Mode.STORE);
    flink.terminateTaskManager(0).get();
    flink.startTaskManager();
    job.getJobExecutionResult().get();

    Request resent =
        clickHouse.stored().stream()
            .filter(request -> request.token().equals(first.token()))
            .findFirst()
            .orElseThrow();
    assertThat(resent.body()).isEqualTo(first.body());
    assertStoredOnce(ROWS);
  }

  @Test
  void refusesToStartWithoutCheckpoints() {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> HttpLogTopology.define(env, rows(1), new DiscardingSink<>(), config()))
        .withMessageContaining("execution.checkpointing.interval");
  }

  @Test
  void refusesToStartWithoutChaining() {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(
            new Configuration().set(PipelineOptions.OPERATOR_CHAINING, false));
    env.enableCheckpointing(1_000);

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> HttpLogTopology.define(env, rows(1), new DiscardingSink<>(), config()))
        .withMessageContaining("pipeline.operator-chaining.enabled");
  }

  private void assertStoredOnce(int rows) {
    assertStoredOnce(rows, clickHouse);
  }

  private static void assertStoredOnce(int rows, FakeClickHouse... endpoints) {
    List<Request> stored =
        Arrays.stream(endpoints).flatMap(endpoint -> endpoint.stored().stream()).toList();
    assertThat(stored).extracting(Request::token).doesNotHaveDuplicates();
    List<String> urls =
        stored.stream().flatMap(request -> StoredRows.urls(request.body())).toList();
    assertThat(urls).hasSize(rows);
    assertThat(urls.stream().collect(toSet())).hasSize(rows);
  }

  private static long completedCheckpoints(MiniCluster flink, JobClient job) throws Exception {
    return flink
        .getExecutionGraph(job.getJobID())
        .get()
        .getCheckpointStatsSnapshot()
        .getCounts()
        .getNumberOfCompletedCheckpoints();
  }

  private HttpLogConfig config(String... more) {
    String[] args = {
      "--kafka.brokers", "none:1",
      "--clickhouse.endpoints", clickHouse.url().toString(),
      "--proxy.window", "1ms"
    };
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return HttpLogConfig.read(all, Map.of());
  }

  private StreamExecutionEnvironment environment(
      DataGeneratorSource<KafkaMessage> source, String... settings) {
    Configuration flink =
        new Configuration()
            .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL)
            .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString())
            .set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem")
            .set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay")
            .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 100)
            .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
    HttpLogTopology.define(env, source, new DiscardingSink<>(), config(settings));
    return env;
  }

  private static DataGeneratorSource<KafkaMessage> rows(int count) {
    return new DataGeneratorSource<>(
        Messages::numbered,
        count,
        RateLimiterStrategy.perSecond(ROWS),
        TypeInformation.of(KafkaMessage.class));
  }
}
