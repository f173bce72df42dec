package io.sluice.clickhouse.sink;

import java.util.OptionalLong;
import org.apache.flink.api.common.JobInfo;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.TaskInfoImpl;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.util.UserCodeClassLoader;

/**
 * What Flink gives a writer, for the one lane of a simulated job. What a writer has no business
 * with is null, so that using it shows.
 */
record VirtualContext(
    MailboxExecutor mailbox, ProcessingTimeService timers, SinkWriterMetricGroup metricGroup)
    implements WriterInitContext {
  private static final TaskInfo ONE_LANE = new TaskInfoImpl("sink", 1, 0, 1, 0);

  @Override
  public MailboxExecutor getMailboxExecutor() {
    return mailbox;
  }

  @Override
  public ProcessingTimeService getProcessingTimeService() {
    return timers;
  }

  @Override
  public TaskInfo getTaskInfo() {
    return ONE_LANE;
  }

  @Override
  public OptionalLong getRestoredCheckpointId() {
    return OptionalLong.empty();
  }

  @Override
  public boolean isObjectReuseEnabled() {
    return true;
  }

  @Override
  public JobInfo getJobInfo() {
    return null;
  }

  @Override
  public UserCodeClassLoader getUserCodeClassLoader() {
    return null;
  }

  @Override
  public SerializationSchema.InitializationContext asSerializationSchemaInitializationContext() {
    return null;
  }

  @Override
  public <T> TypeSerializer<T> createInputSerializer() {
    return null;
  }
}
