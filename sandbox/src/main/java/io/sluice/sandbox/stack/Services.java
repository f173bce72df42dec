package io.sluice.sandbox.stack;

import io.sluice.sandbox.config.Home;
import io.sluice.sandbox.config.StackOptions;
import io.sluice.sandbox.flink.FlinkCluster;
import io.sluice.sandbox.flink.JobManagerService;
import io.sluice.sandbox.flink.TaskManagerService;
import io.sluice.sandbox.kafka.KafkaService;
import io.sluice.sandbox.process.ManagedService;
import io.sluice.sandbox.process.Service;
import io.sluice.sandbox.process.ServiceRunner;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** The services of one stack, wired to their folders and to each other. */
final class Services {
  private final Map<Service, ServiceRunner> runners = new EnumMap<>(Service.class);
  private final FlinkCluster flink;

  /**
   * Starts nothing yet.
   *
   * @param progress takes a line before each long step of a start
   */
  Services(Home home, StateFolder state, StackOptions options, Consumer<String> progress) {
    flink = new FlinkCluster(home, state.flink(), home.savepoints(state.dir()), options);
    add(state, new KafkaService(home, state.of(Service.KAFKA), options));
    add(
        state,
        new ClickHouseService(
            home,
            state.of(Service.CLICKHOUSE),
            options.ports().of(Service.CLICKHOUSE).get(0),
            progress));
    add(state, new ProxyService(home, state.of(Service.PROXY), options));
    add(state, new JobManagerService(flink, log(state, Service.JOBMANAGER)));
    add(state, new TaskManagerService(flink, log(state, Service.TASKMANAGER)));
  }

  private static java.nio.file.Path log(StateFolder state, Service service) {
    return state.of(service).resolve(service + ".log");
  }

  private void add(StateFolder state, ManagedService managed) {
    runners.put(managed.service(), new ServiceRunner(managed, state.of(managed.service())));
  }

  ServiceRunner get(Service service) {
    return runners.get(service);
  }

  Iterable<ServiceRunner> all() {
    return runners.values();
  }

  FlinkCluster flink() {
    return flink;
  }
}
