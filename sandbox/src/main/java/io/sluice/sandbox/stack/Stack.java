package io.sluice.sandbox.stack;

import io.sluice.ops.OperatorException;
import io.sluice.ops.audit.Audit;
import io.sluice.ops.audit.AuditReport;
import io.sluice.ops.audit.Ledger;
import io.sluice.ops.audit.ProducedRun;
import io.sluice.ops.flink.FlinkRest;
import io.sluice.ops.kafka.KafkaAccess;
import io.sluice.ops.metrics.JobMetrics;
import io.sluice.ops.metrics.RunningJob;
import io.sluice.ops.sql.ClickHouseSql;
import io.sluice.sandbox.clickhouse.ChdbPlatform;
import io.sluice.sandbox.config.Home;
import io.sluice.sandbox.config.StackOptions;
import io.sluice.sandbox.flink.FlinkJobs;
import io.sluice.sandbox.flink.JobRecord;
import io.sluice.sandbox.process.Command;
import io.sluice.sandbox.process.Service;
import io.sluice.sandbox.produce.LogProducer;
import io.sluice.sandbox.produce.ProduceOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The whole pipeline as real processes on this machine: Kafka, Flink, ClickHouse and the proxy, in
 * one state folder. The processes live on when the JVM that started them ends; {@link #attach}
 * finds them again, and {@link #stopAll} ends them.
 *
 * <p>Every method blocks until what it promises is true, and throws {@link OperatorException} with
 * a message for people. Not thread-safe, but for {@link #sql}, {@link #newProducer} and {@link
 * #metrics}.
 */
public final class Stack extends Services implements AutoCloseable {
  private final FlinkJobs jobs;

  /** Whether this object started the processes, and so ends them. */
  private volatile boolean owner;

  private Stack(Home home, StateFolder state, StackOptions options, Consumer<String> progress) {
    super(home, state, options, progress);
    this.jobs = new FlinkJobs(flink, home.jobJar(), state.job());
  }

  /**
   * Starts all services, on the data that is in the folder.
   *
   * @param dir the state folder
   * @param progress takes one line per step
   * @throws OperatorException if one is running there, a port is taken or a service does not start
   */
  public static Stack start(Home home, Path dir, StackOptions options, Consumer<String> progress) {
    Stack stack = prepare(home, dir, options, progress);
    stack.startUp();
    return stack;
  }

  /** Starts a stack in a folder with everything else as usual; for tests. */
  public static Stack start(Path dir, StackOptions options) {
    return start(Home.find(), dir, options, line -> {});
  }

  /**
   * As {@link #start}, but only up to the point before the first process; {@link #startUp} does the
   * rest. For those who must be able to {@link #close} in the middle of it.
   */
  public static Stack prepare(
      Home home, Path dir, StackOptions options, Consumer<String> progress) {
    ChdbPlatform.current();
    Stack stack = new Stack(home, new StateFolder(dir), options, progress);
    stack.requireNotRunning();
    stack.requirePortsFree();
    return stack;
  }

  /** Starts all services; see {@link #prepare}. */
  public void startUp() {
    state.alone(
        "start",
        () -> {
          requireNotRunning();
          owner = true;
          state.write(options);
          try {
            super.startMissing();
          } catch (RuntimeException e) {
            stopAll();
            throw e;
          }
          return null;
        });
  }

  /**
   * The stack that was started in a folder before, whether it still runs or not.
   *
   * @throws OperatorException if there never was one
   */
  public static Stack attach(Home home, Path dir, Consumer<String> progress) {
    StateFolder state = new StateFolder(dir);
    return find(home, state, progress)
        .orElseThrow(
            () ->
                OperatorException.wrongState(
                    "no stack in " + state.dir() + "; start one with: ./sluice up"));
  }

  private static Optional<Stack> find(Home home, StateFolder state, Consumer<String> progress) {
    return state.options().map(options -> new Stack(home, state, options, progress));
  }

  /**
   * Deletes the data of a stack that does not run; nothing happens if there is none.
   *
   * @throws OperatorException if it runs
   */
  public static void deleteData(Home home, Path dir) {
    StateFolder state = new StateFolder(dir);
    find(home, state, line -> {}).ifPresent(Services::requireNotRunning);
    state.deleteData();
  }

  public StackOptions options() {
    return options;
  }

  /** Starts every service that does not run, on its data, and the job if it is gone. */
  @Override
  public void startMissing() {
    super.startMissing();
    bringJobBack();
  }

  /**
   * Starts a service that was killed, on its data. A JobManager gets its job back, from the newest
   * checkpoint.
   */
  @Override
  public void start(Service service) {
    super.start(service);
    if (service == Service.JOBMANAGER) {
      bringJobBack();
    }
  }

  private void bringJobBack() {
    jobs.bringBack()
        .ifPresent(
            job ->
                progress.accept(
                    "the job is back as %s, from %s"
                        .formatted(
                            job.jobId(),
                            job.restoredFrom() == null ? "the start" : job.restoredFrom())));
  }

  /** Submits the job anew, with more arguments ({@code --key value}) behind the stack's own. */
  public JobRecord submitJob(String... more) {
    return submit(List.of(more));
  }

  /** As {@link #submitJob}. */
  public JobRecord submit(List<String> more) {
    return jobs.submit(JobArguments.of(options, more), Optional.empty());
  }

  /** Submits the job from a checkpoint or savepoint, with these arguments behind the stack's. */
  public JobRecord submitFrom(String state, List<String> more) {
    return jobs.submit(JobArguments.of(options, more), Optional.of(state));
  }

  /**
   * Submits the last job again from the newest state it left, or from a given one.
   *
   * @param more settings that win over those of the last job
   */
  public JobRecord resumeJob(Optional<String> from, List<String> more) {
    String state =
        from.or(jobs::restartFrom)
            .orElseThrow(
                () ->
                    OperatorException.wrongState(
                        "the last job left no savepoint or checkpoint; name one with --from"));
    List<String> arguments =
        jobs.last().map(JobRecord::arguments).orElse(JobArguments.of(options, List.of()));
    return jobs.submit(JobArguments.with(arguments, more), Optional.of(state));
  }

  /** Flink's own command line against this stack, such as {@code list}. */
  public Command flinkCommand(List<String> line) {
    return flink.commandLine(line);
  }

  /** Takes a savepoint of the running job and returns where it is. */
  public String savepoint() {
    return jobs.savepoint();
  }

  /** Stops the job with a savepoint and returns where that is. */
  public String stopJob() {
    return jobs.stop();
  }

  /** The submitted job and what Flink says of it. */
  public FlinkJobs jobs() {
    return jobs;
  }

  public FlinkRest flink() {
    return new FlinkRest(options.ports().flinkRestUrl());
  }

  /** The job that was submitted last, and what its lanes buffer. */
  public RunningJob job() {
    return new RunningJob(
        flink(),
        () -> jobs.last().map(JobRecord::jobId),
        List.of(URI.create("http://127.0.0.1:" + options.ports().taskmanagerMetrics())));
  }

  /** What the job's metrics say; empty while there is no job, or no TaskManager. */
  public Optional<JobMetrics> metrics() {
    return job().metrics();
  }

  /** Does something while the same is held off elsewhere, for whoever uses this folder. */
  public <T> T alone(String what, Supplier<T> action) {
    return state.alone(what, action);
  }

  /** The result of a statement as tab-separated values, straight from ClickHouse. */
  public String sql(String statement) {
    return clickHouse().query(statement);
  }

  public KafkaAccess kafka() {
    return new KafkaAccess(options.ports().kafkaBrokers(), Map.of());
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
}
