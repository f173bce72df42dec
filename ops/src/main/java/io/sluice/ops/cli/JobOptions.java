package io.sluice.ops.cli;

import io.sluice.ops.flink.FlinkRest;
import io.sluice.ops.metrics.RunningJob;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** A Flink job other than the deployment's own. */
final class JobOptions {
  @Option(
      names = "--flink",
      paramLabel = "<url>",
      description =
          "the JobManager's REST API, such as http://jobmanager:8081 (default: the deployment's)")
  private String flink;

  @Option(
      names = "--job",
      paramLabel = "<id>",
      description = "of the job in Flink (default: the one of ours that runs there)")
  private String id;

  @Option(
      names = "--metrics",
      paramLabel = "<url,…>",
      description =
          "where the TaskManagers show their metrics to Prometheus, such as"
              + " http://taskmanager:9249; a name with several addresses stands for all of them"
              + " (default: the deployment's)")
  private String metrics;

  RunningJob job(CommandSpec verb, Deployment deployment) {
    List<URI> taskManagers =
        (metrics == null ? deployment.metrics(verb) : Deployment.urls(verb, "--metrics", metrics))
            .toList();
    FlinkRest rest =
        new FlinkRest(
            Deployment.url(verb, "--flink", flink == null ? deployment.flink(verb) : flink)
                .toString());
    return new RunningJob(
        rest, id == null ? deployment.job(verb, rest) : () -> Optional.of(id), taskManagers);
  }
}
