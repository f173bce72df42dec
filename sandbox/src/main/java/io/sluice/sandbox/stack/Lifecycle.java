package io.sluice.sandbox.stack;

import io.sluice.ops.OperatorException;
import io.sluice.sandbox.clickhouse.SqlMigrations;
import io.sluice.sandbox.config.Home;
import io.sluice.sandbox.config.StackOptions;
import io.sluice.sandbox.kafka.KafkaTopics;
import io.sluice.sandbox.process.PortClaim;
import io.sluice.sandbox.process.Service;
import io.sluice.sandbox.process.ServiceRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The processes of one stack: starts, kills and ends them, all or one. What runs on them is {@link
 * Stack}'s. Not thread-safe.
 */
final class Lifecycle {
  private final Home home;
  private final StateFolder state;
  private final StackOptions options;
  private final Services services;
  private final Consumer<String> progress;

  Lifecycle(
      Home home,
      StateFolder state,
      StackOptions options,
      Services services,
      Consumer<String> progress) {
    this.home = home;
    this.state = state;
    this.options = options;
    this.services = services;
    this.progress = progress;
  }

  void requireNotRunning() {
    String running =
        runners()
            .filter(runner -> runner.process().isPresent())
            .map(runner -> runner.service().toString())
            .collect(Collectors.joining(", "));
    if (!running.isEmpty()) {
      throw OperatorException.wrongState(
          "a stack is running in "
              + state.dir()
              + " ("
              + running
              + "); end it with: ./sluice down");
    }
  }

  void requirePortsFree() {
    List<PortClaim> taken =
        PortClaim.taken(runners().flatMap(runner -> runner.ports().stream()).toList());
    if (!taken.isEmpty()) {
      throw OperatorException.failed(
          taken.stream().map(PortClaim::describeTaken).collect(Collectors.joining("\n"))
              + "\nor move all of them with --port-offset");
    }
  }

  void startAll() {
    try {
      Parallel.run(runners().map(runner -> (Runnable) () -> startOne(runner)).toList());
    } catch (RuntimeException e) {
      stopAll();
      throw e;
    }
  }

  void start(Service service) {
    startOne(services.get(service));
  }

  private void startOne(ServiceRunner runner) {
    long startNanos = System.nanoTime();
    runner.launch();
    runner.awaitReady();
    afterStart(runner.service());
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    String ports =
        runner.ports().stream().map(p -> "" + p.port()).collect(Collectors.joining(", "));
    progress.accept("%-11s ready after %.1f s on %s".formatted(runner.service(), seconds, ports));
  }

  /** What a service needs of us once it answers; harmless when it is there already. */
  private void afterStart(Service service) {
    switch (service) {
      case KAFKA -> KafkaTopics.create(options.ports().kafkaBrokers(), options.partitions());
      case CLICKHOUSE -> createTables();
      case PROXY, JOBMANAGER, TASKMANAGER -> {}
    }
  }

  private void createTables() {
    try {
      SqlMigrations.apply(home.sql(), URI.create(options.ports().clickhouseUrl()), line -> {});
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create the tables", e);
    } catch (InterruptedException e) {
      throw OperatorException.interrupted("creating the tables");
    }
  }

  /** How every service is. */
  List<ServiceStatus> status() {
    return runners()
        .map(
            runner ->
                new ServiceStatus(
                    runner.service(),
                    runner.process().map(ProcessHandle::pid).orElse(0L),
                    runner.isReady(),
                    runner.ports().stream().map(PortClaim::port).toList()))
        .toList();
  }

  /**
   * The process of a service.
   *
   * @throws OperatorException if it does not run
   */
  ProcessHandle process(Service service) {
    return services
        .get(service)
        .process()
        .orElseThrow(() -> OperatorException.wrongState(service + " is not running"));
  }

  /** Ends a service with kill -9. */
  void kill(Service service) {
    if (!services.get(service).kill()) {
      throw OperatorException.wrongState(service + " is not running");
    }
  }

  /** Ends every service that runs with kill -9, as a power cut would. */
  void killAll() {
    Parallel.run(
        runners()
            .filter(runner -> runner.process().isPresent())
            .map(runner -> (Runnable) runner::kill)
            .toList());
  }

  /** Starts every service that does not run, on its data. */
  void startMissing() {
    Parallel.run(
        runners()
            .filter(runner -> runner.process().isEmpty())
            .map(runner -> (Runnable) () -> startOne(runner))
            .toList());
  }

  /** Ends every process and returns which ones ran. */
  List<Service> stopAll() {
    List<Service> ended = new ArrayList<>();
    Parallel.run(
        runners()
            .map(
                runner ->
                    (Runnable)
                        () -> {
                          if (runner.stop()) {
                            synchronized (ended) {
                              ended.add(runner.service());
                            }
                          }
                        })
            .toList());
    return ended;
  }

  private Stream<ServiceRunner> runners() {
    return StreamSupport.stream(services.all().spliterator(), false);
  }
}
