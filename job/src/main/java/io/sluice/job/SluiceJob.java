package io.sluice.job;

import io.sluice.source.DeadLetterTopic;
import io.sluice.source.HttpLogTopic;
import java.util.Arrays;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What {@code flink run job.jar} starts. */
public final class SluiceJob {
  private SluiceJob() {}

  /**
   * Reads the settings and submits the job.
   *
   * @param args see {@code --help}
   * @throws ConfigException when a setting is missing or wrong, before anything starts
   */
  public static void main(String[] args) throws Exception {
    if (Arrays.asList(args).contains("--help")) {
      System.out.println(SluiceConfig.help());
      return;
    }
    SluiceConfig config = SluiceConfig.read(args, System.getenv());
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    Topology.define(
        env,
        new HttpLogTopic(
                config.brokers(),
                config.topic(),
                config.group(),
                config.bounded(),
                config.kafkaClient())
            .source(),
        new DeadLetterTopic(config.brokers(), config.deadLettersTopic(), config.kafkaClient())
            .sink(),
        config);
    env.execute("sluice " + config.topic());
  }
}
