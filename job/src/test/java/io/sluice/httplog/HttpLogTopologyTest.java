package io.sluice.httplog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

/**
 * What a savepoint finds its state by. Whatever is pinned here may grow, but never change: state
 * under a name that is gone is lost.
 */
class HttpLogTopologyTest {
  @Test
  void everyOperatorHasTheUidItAlwaysHad() {
    Map<String, String> uids = new TreeMap<>();
    for (StreamNode operator : graph(1).getStreamNodes()) {
      uids.put(operator.getOperatorName(), operator.getTransformationUID());
    }

    // Flink makes up the names of three operators that sinks expand to, from the uid of the sink.
    assertThat(uids)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "Source: Kafka http_log", "kafka-source",
                "Decode", "decode",
                "Dead letters: Writer", "dead-letters",
                "Dead letters: Committer", "Sink Committer: dead-letters",
                "Anonymize", "anonymize",
                "ClickHouse: Encode", "clickhouse-sink: block-encoder",
                "ClickHouse: Checkpoint notifier", "clickhouse-sink: checkpoint-notifier",
                "ClickHouse: Writer", "clickhouse-sink"));
  }

  @Test
  void savepointsCanBeResumedWithUpTo128Lanes() {
    assertThat(graph(2).getStreamNodes())
        .allSatisfy(
            operator ->
                assertThat(operator.getMaxParallelism())
                    .as(operator.getOperatorName())
                    .isEqualTo(128));
  }

  private static StreamGraph graph(int lanes) {
    String[] args = {
      "--kafka.brokers",
      "none:1",
      "--clickhouse.endpoints",
      lanes == 1 ? "http://a:1" : "http://a:1,http://b:1"
    };
    HttpLogConfig config = HttpLogConfig.read(args, Map.of());
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.enableCheckpointing(1_000);
    HttpLogTopology.define(env, config.source(), config.deadLetters(), config);
    return env.getStreamGraph();
  }
}
