package io.sluice.sandbox.flink;

import io.sluice.sandbox.process.Command;
import io.sluice.sandbox.process.Service;
import io.sluice.sandbox.process.ServiceProcess;
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
public final class TaskManagerProcess extends ServiceProcess {
  private final FlinkCluster cluster;
  private final Path resourceIdFile;

  public TaskManagerProcess(FlinkCluster cluster, Path folder) {
    super(Service.TASKMANAGER, folder, cluster.ports().of(Service.TASKMANAGER));
    this.cluster = cluster;
    this.resourceIdFile = folder.resolve("resource-id");
  }

  @Override
  protected Command prepare() {
    String resourceId = "taskmanager-" + Instant.now().toEpochMilli();
    try {
      Files.createDirectories(folder());
      Files.writeString(resourceIdFile, resourceId);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + resourceIdFile, e);
    }
    return cluster.server(
        "GET_TM_RESOURCE_PARAMS",
        "taskmanager",
        log(),
        "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
        List.of(
            "-Dtaskmanager.resource-id=" + resourceId,
            "-Dmetrics.reporter.prom.port=" + cluster.ports().taskmanagerMetrics()));
  }

  @Override
  protected boolean answers() {
    try {
      return Files.exists(resourceIdFile)
          && cluster.rest().hasTaskManager(Files.readString(resourceIdFile));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resourceIdFile, e);
    }
  }
}
