package io.sluice.httplog;

import io.sluice.feed.settings.ConfigException;
import io.sluice.feed.settings.SettingSources;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@code flink run job.jar} starts. */
public final class HttpLogJob {
  private static final Logger LOG = LoggerFactory.getLogger(HttpLogJob.class);

  private HttpLogJob() {}

  /**
   * Reads the settings and submits the job.
   *
   * @param args see {@code --help}; {@code --version} prints the version and does no more
   * @throws ConfigException when a setting is missing or wrong, before anything starts
   */
  public static void main(String[] args) throws Exception {
    if (Arrays.asList(args).contains("--help")) {
      System.out.println(HttpLogConfig.help());
      return;
    }
    if (Arrays.asList(args).contains("--version")) {
      System.out.println("Sluice " + version());
      return;
    }
    LOG.info("Sluice {}", version());
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    // In an application cluster, or when a jar was uploaded, main runs in the JobManager; Flink
    // shows the arguments in its REST API then, and logs them.
    if ("embedded".equals(env.getConfiguration().get(DeploymentOptions.TARGET))) {
      SettingSources.refuseSecrets(List.of(HttpLogSetting.values()), args);
    }
    HttpLogConfig config = HttpLogConfig.read(args, System.getenv());
    // Where Flink's UI shows it, among the job's configuration.
    env.getConfig()
        .setGlobalJobParameters(ParameterTool.fromMap(Map.of("sluice.version", version())));
    HttpLogTopology.define(env, config.source(), config.deadLetters(), config);
    env.execute("sluice " + config.source().topic());
  }

  /** As the manifest of job.jar has it. */
  private static String version() {
    String version = HttpLogJob.class.getPackage().getImplementationVersion();
    return version == null ? "(not from job.jar)" : version;
  }
}
