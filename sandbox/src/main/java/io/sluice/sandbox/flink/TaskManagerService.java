package io.sluice.sandbox.flink;

import io.sluice.ops.flink.FlinkRest;
import io.sluice.sandbox.process.Command;
import io.sluice.sandbox.process.ManagedService;
import io.sluice.sandbox.process.PortClaim;
import io.sluice.sandbox.process.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Flink's TaskManager. Each start has a resource id of its own, since a JobManager goes on listing
 * a killed TaskManager for some seconds: only the new id tells that the new process is there.
 */
public final class TaskManagerService implements ManagedService {
  private final FlinkCluster cluster;
  private final Path log;

  public TaskManagerService(FlinkCluster cluster, Path log) {
    this.cluster = cluster;
    this.log = log.toAbsolutePath();
  }

  @Override
  public Service service() {
    return Service.TASKMANAGER;
  }

  @Override
  public List<PortClaim> ports() {
    return cluster.options().ports().of(Service.TASKMANAGER);
  }

  @Override
  public Command prepare() {
    String resourceId = "taskmanager-" + Instant.now().toEpochMilli();
    try {
      Files.createDirectories(log.getParent());
      Files.writeString(resourceIdFile(), resourceId);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + resourceIdFile(), e);
    }
    return cluster.server(
        "GET_TM_RESOURCE_PARAMS",
        "taskmanager",
        log,
        "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
        List.of(
            "-Dtaskmanager.resource-id=" + resourceId,
            "-Dmetrics.reporter.prom.port=" + cluster.options().ports().taskmanagerMetrics()));
  }

  @Override
  public boolean isReady() {
    try {
      return Files.exists(resourceIdFile())
          && new FlinkRest(cluster.options().ports().flinkRestUrl())
              .hasTaskManager(Files.readString(resourceIdFile()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resourceIdFile(), e);
    }
  }

  private Path resourceIdFile() {
    return log.resolveSibling("resource-id");
  }
}
