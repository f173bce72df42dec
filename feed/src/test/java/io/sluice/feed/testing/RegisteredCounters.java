package io.sluice.feed.testing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionGraphTestUtils;
import org.apache.flink.runtime.metrics.groups.AbstractMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;

/** The counters that an operator under test registers, as a reporter would see them. */
public final class RegisteredCounters {
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();

  /** An environment for the operator's test harness. */
  public MockEnvironment environment() {
    TestingMetricRegistry registry =
        TestingMetricRegistry.builder()
            .setDelimiter('.')
            .setRegisterConsumer(this::register)
            .build();
    return new MockEnvironmentBuilder()
        .setMetricGroup(
            TaskManagerMetricGroup.createTaskManagerMetricGroup(
                    registry, "localhost", ResourceID.generate())
                .addJob(new JobID(), "job")
                .addTask(ExecutionGraphTestUtils.createExecutionAttemptId(), "task"))
        .build();
  }

  private void register(Metric metric, String name, AbstractMetricGroup<?> group) {
    if (metric instanceof Counter counter) {
      counters.put(group.getLogicalScope(c -> c, '.') + "." + name, counter);
    }
  }

  /** The value of the counter with this scope and name, dot-separated. */
  public long count(String scope) {
    Counter counter = counters.get(scope);
    if (counter == null) {
      throw new AssertionError("no counter " + scope + " in " + counters.keySet());
    }
    return counter.getCount();
  }
}
