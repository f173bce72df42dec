package io.sluice.sandbox.flink;

import io.sluice.ops.flink.FlinkRest;
import io.sluice.sandbox.process.Command;
import io.sluice.sandbox.process.ManagedService;
import io.sluice.sandbox.process.PortClaim;
import io.sluice.sandbox.process.Service;
import java.nio.file.Path;
import java.util.List;

/** Flink's JobManager as a session cluster, with web UI and Prometheus reporter. */
public final class JobManagerService implements ManagedService {
  private final FlinkCluster cluster;
  private final Path log;

  /**
   * @param log where its output goes, so that the web UI can show it
   */
  public JobManagerService(FlinkCluster cluster, Path log) {
    this.cluster = cluster;
    this.log = log.toAbsolutePath();
  }

  @Override
  public Service service() {
    return Service.JOBMANAGER;
  }

  @Override
  public List<PortClaim> ports() {
    return cluster.options().ports().of(Service.JOBMANAGER);
  }

  @Override
  public Command prepare() {
    return cluster.server(
        "GET_JM_RESOURCE_PARAMS",
        "jobmanager",
        log,
        "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
        // Flink reads no option that comes after --executionMode, which it does not know itself.
        List.of(
            "-Dmetrics.reporter.prom.port=" + cluster.options().ports().jobmanagerMetrics(),
            "--executionMode",
            "cluster"));
  }

  @Override
  public boolean isReady() {
    return new FlinkRest(cluster.options().ports().flinkRestUrl()).answers();
  }
}
