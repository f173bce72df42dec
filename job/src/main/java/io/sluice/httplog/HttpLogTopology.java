package io.sluice.httplog;

import io.sluice.clickhouse.sink.ChainedType;
import io.sluice.clickhouse.sink.ClickHouseSink;
import io.sluice.feed.kafka.DeadLetter;
import io.sluice.feed.kafka.KafkaMessage;
import io.sluice.feed.settings.ConfigException;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The pipeline: source, decode, anonymize, sink; one chain, hence one task, per lane. */
final class HttpLogTopology {
  /** Bounds the lanes that a savepoint can be resumed with; Flink cannot change it later. */
  static final int MAX_PARALLELISM = 128;

  private HttpLogTopology() {}

  /** Adds the pipeline to {@code env}. */
  static void define(
      StreamExecutionEnvironment env,
      Source<KafkaMessage, ?, ?> kafka,
      Sink<DeadLetter> deadLetters,
      HttpLogConfig config) {
    try {
      ClickHouseSink.requireGuarantees(env);
    } catch (IllegalStateException e) {
      throw new ConfigException(e.getMessage());
    }
    ClickHouseSink<HttpLogRecord> sink = config.sink();
    env.setParallelism(sink.lanes());
    env.setMaxParallelism(MAX_PARALLELISM);
    env.getConfig().enableObjectReuse();

    SingleOutputStreamOperator<HttpLogRecord> records =
        env.fromSource(
                sink.hold(kafka, TypeInformation.of(KafkaMessage.class)),
                WatermarkStrategy.noWatermarks(),
                "Kafka " + config.source().topic())
            .uid("kafka-source")
            .process(new DecodeHttpLog(), ChainedType.reused(HttpLogRecord.class))
            .name("Decode")
            .uid("decode");

    records
        .getSideOutput(DecodeHttpLog.DEAD_LETTERS)
        .sinkTo(deadLetters)
        .name("Dead letters")
        .uid("dead-letters");

    records
        .map(new Anonymize(config.urlPrivacy()))
        .returns(ChainedType.reused(HttpLogRecord.class))
        .name("Anonymize")
        .uid("anonymize")
        .sinkTo(sink)
        .name("ClickHouse")
        .uid("clickhouse-sink");
  }
}
