package io.sluice.sandbox.stack;

import io.sluice.ops.OperatorException;
import io.sluice.sandbox.config.Home;
import io.sluice.sandbox.config.StackOptions;
import io.sluice.sandbox.flink.FlinkCluster;
import io.sluice.sandbox.flink.JobManagerProcess;
import io.sluice.sandbox.flink.TaskManagerProcess;
import io.sluice.sandbox.kafka.KafkaProcess;
import io.sluice.sandbox.process.Service;
import io.sluice.sandbox.process.ServiceProcess;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The services of one stack, wired to their folders and to each other: starts, kills and ends their
 * processes, all or one. What runs on them is {@link Stack}'s. Not thread-safe.
 */
abstract class Services {
  final StateFolder state;
  final StackOptions options;
  final FlinkCluster flink;
  final Consumer<String> progress;

  private final Map<Service, ServiceProcess> all = new EnumMap<>(Service.class);

  /**
   * Starts nothing yet.
   *
   * @param progress takes a line before each long step of a start, and after each start
   */
  Services(Home home, StateFolder state, StackOptions options, Consumer<String> progress) {
    this.state = state;
    this.options = options;
    this.flink = new FlinkCluster(home, state.flink(), home.savepoints(state.dir()), options);
    this.progress = progress;
    Stream.of(
            new KafkaProcess(home, state.of(Service.KAFKA), options),
            new ClickHouseProcess(
                home, state.of(Service.CLICKHOUSE), options.ports().clickhouse(), progress),
            new ProxyProcess(home, state.of(Service.PROXY), options),
            new JobManagerProcess(flink, state.of(Service.JOBMANAGER)),
            new TaskManagerProcess(flink, state.of(Service.TASKMANAGER)))
        .forEach(one -> all.put(one.service(), one));
  }

  void requireNotRunning() {
    List<Service> running = filter(Services::runs).stream().map(ServiceProcess::service).toList();
    if (!running.isEmpty()) {
      throw OperatorException.wrongState(
          "a stack is running in %s %s; end it with: ./sluice down"
              .formatted(state.dir(), running));
    }
  }

  void requirePortsFree() {
    String taken =
        all.values().stream()
            .flatMap(one -> one.takenPorts().stream())
            .collect(Collectors.joining("\n"));
    if (!taken.isEmpty()) {
      throw OperatorException.failed(taken + "\nmove the ports of the stack with --port-offset");
    }
  }

  /** Starts every service that does not run, on its data. */
  void startMissing() {
    atOnce(filter(one -> !runs(one)), this::start);
  }

  void start(Service service) {
    start(all.get(service));
  }

  private void start(ServiceProcess one) {
    long startNanos = System.nanoTime();
    one.launch();
    one.awaitReady();
    progress.accept(
        "%-11s ready after %.1f s on %s"
            .formatted(
                one.service(),
                (System.nanoTime() - startNanos) / 1e9,
                one.ports().stream().map(String::valueOf).collect(Collectors.joining(", "))));
  }

  /** How every service is. */
  public List<ServiceStatus> status() {
    return all.values().stream().map(ServiceStatus::of).toList();
  }

  /**
   * The process of a service.
   *
   * @throws OperatorException if it does not run
   */
  public ProcessHandle process(Service service) {
    return all.get(service)
        .process()
        .orElseThrow(() -> OperatorException.wrongState(service + " is not running"));
  }

  /** Ends a service with kill -9. */
  public void kill(Service service) {
    if (!all.get(service).kill()) {
      throw OperatorException.wrongState(service + " is not running");
    }
  }

  /** Ends every service that runs with kill -9, as a power cut would. */
  public void killAll() {
    atOnce(filter(Services::runs), ServiceProcess::kill);
  }

  /** Ends every process and returns which ones ran. */
  public List<Service> stopAll() {
    List<Service> ended = Collections.synchronizedList(new ArrayList<>());
    atOnce(
        all.values().stream().toList(),
        one -> {
          if (one.stop()) {
            ended.add(one.service());
          }
        });
    return ended;
  }

  private static boolean runs(ServiceProcess one) {
    return one.process().isPresent();
  }

  private List<ServiceProcess> filter(Predicate<ServiceProcess> which) {
    return all.values().stream().filter(which).toList();
  }

  /** Does the same with several to all their ends, then throws what one of them threw. */
  private static void atOnce(List<ServiceProcess> several, Consumer<ServiceProcess> action) {
    CompletableFuture<?>[] running =
        several.stream()
            .map(
                one ->
                    CompletableFuture.runAsync(
                        () -> action.accept(one), task -> new Thread(task).start()))
            .toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(running).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
  }
}
