package io.sluice.job;

import io.sluice.source.DeadLetterTopic;
import io.sluice.source.HttpLogTopic;
import java.util.Arrays;
import java.util.Map;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@code flink run job.jar} starts. */
public final class SluiceJob {
  private static final Logger LOG = LoggerFactory.getLogger(SluiceJob.class);

  /**
   * Where {@code main} runs in an application cluster, or when a jar was uploaded: Flink then shows
   * the arguments in its REST API, and logs them.
   */
  private static final String IN_THE_JOB_MANAGER = "embedded";

  private SluiceJob() {}

  /**
   * Reads the settings and submits the job.
   *
   * @param args see {@code --help}; {@code --version} prints the version and does no more
   * @throws ConfigException when a setting is missing or wrong, before anything starts
   */
  public static void main(String[] args) throws Exception {
    if (Arrays.asList(args).contains("--help")) {
      System.out.println(SluiceConfig.help());
      return;
    }
    if (Arrays.asList(args).contains("--version")) {
      System.out.println("Sluice " + version());
      return;
    }
    LOG.info("Sluice {}", version());
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    if (IN_THE_JOB_MANAGER.equals(env.getConfiguration().get(DeploymentOptions.TARGET))) {
      SecretArguments.refuse(args);
    }
    SluiceConfig config = SluiceConfig.read(args, System.getenv());
    // Where Flink's UI shows it, among the job's configuration.
    env.getConfig()
        .setGlobalJobParameters(ParameterTool.fromMap(Map.of("sluice.version", version())));
    Topology.define(
        env,
        new HttpLogTopic(
                config.brokers(),
                config.topic(),
                config.group(),
                config.bounded(),
                config.kafkaClient())
            .source(),
        new DeadLetterTopic(
                config.brokers(),
                config.deadLettersTopic(),
                config.deadLettersRequired(),
                config.kafkaClient())
            .sink(),
        config);
    env.execute("sluice " + config.topic());
  }

  /** As the manifest of job.jar has it. */
  private static String version() {
    String version = SluiceJob.class.getPackage().getImplementationVersion();
    return version == null ? "(not from job.jar)" : version;
  }
}
