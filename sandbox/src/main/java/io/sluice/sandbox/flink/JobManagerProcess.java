package io.sluice.sandbox.flink;

import io.sluice.sandbox.process.Command;
import io.sluice.sandbox.process.Service;
import io.sluice.sandbox.process.ServiceProcess;
import java.nio.file.Path;
import java.util.List;

/** Flink's JobManager as a session cluster, with web UI and Prometheus reporter. */
public final class JobManagerProcess extends ServiceProcess {
  private final FlinkCluster cluster;

  public JobManagerProcess(FlinkCluster cluster, Path folder) {
    super(Service.JOBMANAGER, folder, cluster.ports().of(Service.JOBMANAGER));
    this.cluster = cluster;
  }

  @Override
  protected Command prepare() {
    return cluster.server(
        "GET_JM_RESOURCE_PARAMS",
        "jobmanager",
        log(),
        "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
        // Flink reads no option that comes after --executionMode, which it does not know itself.
        List.of(
            "-Dmetrics.reporter.prom.port=" + cluster.ports().jobmanagerMetrics(),
            "--executionMode",
            "cluster"));
  }

  @Override
  protected boolean answers() {
    return cluster.rest().answers();
  }
}
