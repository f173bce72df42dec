package io.sluice.sandbox.stack;

import io.sluice.sandbox.SandboxException;
import io.sluice.sandbox.audit.Audit;
import io.sluice.sandbox.audit.AuditReport;
import io.sluice.sandbox.clickhouse.ChdbLibrary;
import io.sluice.sandbox.clickhouse.SqlMigrations;
import io.sluice.sandbox.config.Home;
import io.sluice.sandbox.config.StackOptions;
import io.sluice.sandbox.flink.FlinkJobs;
import io.sluice.sandbox.flink.FlinkRest;
import io.sluice.sandbox.flink.JobRecord;
import io.sluice.sandbox.kafka.KafkaTopics;
import io.sluice.sandbox.metrics.JobMetrics;
import io.sluice.sandbox.process.PortClaim;
import io.sluice.sandbox.process.Service;
import io.sluice.sandbox.process.ServiceRunner;
import io.sluice.sandbox.produce.Ledger;
import io.sluice.sandbox.produce.LogProducer;
import io.sluice.sandbox.produce.ProduceOptions;
import io.sluice.sandbox.produce.ProducedRun;
import io.sluice.sandbox.sql.ClickHouseSql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The whole pipeline as real processes on this machine: Kafka, Flink, ClickHouse and the proxy, in
 * one state folder. The processes live on when the JVM that started them ends; {@link #attach}
 * finds them again, and {@link #stopAll} ends them.
 *
 * <p>Every method blocks until what it promises is true, and throws {@link SandboxException} with a
 * message for people. Not thread-safe, but for {@link #sql}, {@link #newProducer} and {@link
 * #metrics}.
 */
public final class Stack implements AutoCloseable {
  private final Home home;
  private final StateFolder state;
  private final StackOptions options;
  private final Services services;
  private final Consumer<String> progress;

  /** Whether this object started the processes, and so ends them. */
  private volatile boolean owner;

  private Stack(Home home, StateFolder state, StackOptions options, Consumer<String> progress) {
    this.home = home;
    this.state = state;
    this.options = options;
    this.services = new Services(home, state, options, progress);
    this.progress = progress;
  }

  /**
   * Starts all services, on the data that is in the folder.
   *
   * @param dir the state folder
   * @param progress takes one line per step
   * @throws SandboxException if one is running there, a port is taken or a service does not start
   */
  public static Stack start(Home home, Path dir, StackOptions options, Consumer<String> progress) {
    Stack stack = prepare(home, dir, options, progress);
    stack.startUp();
    return stack;
  }

  /**
   * As {@link #start}, but only up to the point before the first process; {@link #startUp} does the
   * rest. For those who must be able to {@link #close} in the middle of it.
   */
  public static Stack prepare(
      Home home, Path dir, StackOptions options, Consumer<String> progress) {
    ChdbLibrary.requireSupportedMachine();
    Stack stack = new Stack(home, new StateFolder(dir), options, progress);
    stack.requireNotRunning();
    stack.requirePortsFree();
    return stack;
  }

  /** Starts all services; see {@link #prepare}. */
  public void startUp() {
    state.locked(
        () -> {
          requireNotRunning();
          owner = true;
          state.write(options);
          startAll();
        });
  }

  /** Starts a stack in a folder with everything else as usual; for tests. */
  public static Stack start(Path dir, StackOptions options) {
    return start(Home.find(), dir, options, line -> {});
  }

  /**
   * The stack that was started in a folder before, whether it still runs or not.
   *
   * @throws SandboxException if there never was one
   */
  public static Stack attach(Home home, Path dir, Consumer<String> progress) {
    StateFolder state = new StateFolder(dir);
    StackOptions options =
        state
            .options()
            .orElseThrow(
                () ->
                    SandboxException.wrongState(
                        "no stack in " + state.dir() + "; start one with: ./sluice up"));
    return new Stack(home, state, options, progress);
  }

  /**
   * Deletes the data of a stack that does not run; nothing happens if there is none.
   *
   * @throws SandboxException if it runs
   */
  public static void deleteData(Home home, Path dir) {
    StateFolder state = new StateFolder(dir);
    state
        .options()
        .ifPresent(options -> new Stack(home, state, options, line -> {}).requireNotRunning());
    state.deleteData();
  }

  private void requireNotRunning() {
    String running =
        runners()
            .filter(runner -> runner.process().isPresent())
            .map(runner -> runner.service().toString())
            .collect(Collectors.joining(", "));
    if (!running.isEmpty()) {
      throw SandboxException.wrongState(
          "a stack is running in "
              + state.dir()
              + " ("
              + running
              + "); end it with: ./sluice down");
    }
  }

  private void requirePortsFree() {
    List<PortClaim> taken =
        PortClaim.taken(runners().flatMap(runner -> runner.ports().stream()).toList());
    if (!taken.isEmpty()) {
      throw SandboxException.failed(
          taken.stream().map(PortClaim::describeTaken).collect(Collectors.joining("\n"))
              + "\nor move all of them with --port-offset");
    }
  }

  private void startAll() {
    try {
      Parallel.run(runners().map(runner -> (Runnable) () -> startOne(runner)).toList());
    } catch (RuntimeException e) {
      stopAll();
      throw e;
    }
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
      throw SandboxException.interrupted("creating the tables");
    }
  }

  public StackOptions options() {
    return options;
  }

  /** How every service is. */
  public List<ServiceStatus> status() {
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
   * @throws SandboxException if it does not run
   */
  public ProcessHandle process(Service service) {
    return services
        .get(service)
        .process()
        .orElseThrow(() -> SandboxException.wrongState(service + " is not running"));
  }

  /** Ends a service with kill -9. */
  public void kill(Service service) {
    if (!services.get(service).kill()) {
      throw SandboxException.wrongState(service + " is not running");
    }
  }

  /** Ends every service that runs with kill -9, as a power cut would. */
  public void killAll() {
    Parallel.run(
        runners()
            .filter(runner -> runner.process().isPresent())
            .map(runner -> (Runnable) runner::kill)
            .toList());
  }

  /** Starts every service that does not run, on its data, and the job if it is gone. */
  public void startMissing() {
    Parallel.run(
        runners()
            .filter(runner -> runner.process().isEmpty())
            .map(runner -> (Runnable) () -> startOne(runner))
            .toList());
    bringJobBack();
  }

  /**
   * Starts a service that was killed, on its data. A JobManager gets its job back, from the newest
   * checkpoint.
   */
  public void start(Service service) {
    startOne(services.get(service));
    if (service == Service.JOBMANAGER) {
      bringJobBack();
    }
  }

  private void bringJobBack() {
    jobs().bringBack().ifPresent(job -> progress.accept("the job is back as " + describe(job)));
  }

  private static String describe(JobRecord job) {
    return job.jobId()
        + (job.restoredFrom() == null ? ", from the start" : ", from " + job.restoredFrom());
  }

  /** Submits the job anew, with more arguments ({@code --key value}) behind the stack's own. */
  public JobRecord submitJob(String... more) {
    return submit(List.of(more));
  }

  /** As {@link #submitJob}. */
  public JobRecord submit(List<String> more) {
    return jobs().submit(JobArguments.of(options, more), Optional.empty());
  }

  /** Submits the job from a checkpoint or savepoint, with these arguments behind the stack's. */
  public JobRecord submitFrom(String state, List<String> more) {
    return jobs().submit(JobArguments.of(options, more), Optional.of(state));
  }

  /** Submits the last job again from the newest state it left, or from a given one. */
  public JobRecord resumeJob(Optional<String> from) {
    String state =
        from.or(() -> jobs().restartFrom())
            .orElseThrow(
                () ->
                    SandboxException.wrongState(
                        "the last job left no savepoint or checkpoint; name one with --from"));
    List<String> arguments =
        jobs().last().map(JobRecord::arguments).orElse(JobArguments.of(options));
    return jobs().submit(arguments, Optional.of(state));
  }

  /** Takes a savepoint of the running job and returns where it is. */
  public String savepoint() {
    return jobs().savepoint();
  }

  /** Stops the job with a savepoint and returns where that is. */
  public String stopJob() {
    return jobs().stop();
  }

  /** The submitted job and what Flink says of it. */
  public FlinkJobs jobs() {
    return new FlinkJobs(services.flink(), home.jobJar(), state.job());
  }

  public FlinkRest flink() {
    return new FlinkRest(options.ports().flinkRestUrl());
  }

  /** What the job's metrics say; empty while there is no job, or no TaskManager. */
  public Optional<JobMetrics> metrics() {
    return JobMetrics.scrape(options.ports().taskmanagerMetrics());
  }

  /** The result of a statement as tab-separated values, straight from ClickHouse. */
  public String sql(String statement) {
    return clickHouse().query(statement);
  }

  public ClickHouseSql clickHouse() {
    return new ClickHouseSql(options.ports().clickhouseUrl());
  }

  /** Produces records and returns what Kafka acknowledged. */
  public ProducedRun produce(ProduceOptions what) {
    return newProducer(what).run();
  }

  /** A producer to run on a thread of its own. */
  public LogProducer newProducer(ProduceOptions what) {
    return new LogProducer(options.ports().kafkaBrokers(), what, state.ledger());
  }

  /** Everything produced so far against what ClickHouse has now. */
  public AuditReport audit() {
    return new Audit(clickHouse()).compare(Ledger.read(state.ledger()));
  }

  /** Ends every process, if this object started them; the data stays. */
  @Override
  public void close() {
    if (owner) {
      stopAll();
    }
  }

  /** Ends every process and returns which ones ran. */
  public List<Service> stopAll() {
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
