package io.sluice.containers;

import io.sluice.httplog.HttpLogJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.JobListener;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironmentFactory;

/**
 * The job by its own {@code main}, on a Flink cluster inside this JVM. It is bounded: it ends by
 * itself when all that Kafka had at its start is stored.
 */
final class SluiceRun implements AutoCloseable {
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofMillis(500);
  private static final Duration ENDS_WITHIN = Duration.ofMinutes(5);
  private static final Duration CANCELLED_WITHIN = Duration.ofMinutes(1);

  private final CompletableFuture<JobClient> submitted = new CompletableFuture<>();
  private final CompletableFuture<Void> end;

  private SluiceRun(Configuration flink, String[] arguments) {
    end = CompletableFuture.runAsync(() -> run(flink, arguments));
  }

  /**
   * Starts the job.
   *
   * @param state an empty folder for the checkpoints
   * @param arguments as behind {@code flink run job.jar}
   */
  static SluiceRun start(Path state, String... arguments) {
    Configuration flink =
        new Configuration()
            .set(DeploymentOptions.TARGET, "local")
            .set(DeploymentOptions.ATTACHED, true)
            .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL)
            .set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem")
            .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, state.toUri().toString())
            // A job that has to be restarted here is one that fails.
            .set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    String[] all = new String[arguments.length + 2];
    all[0] = "--kafka.bounded";
    all[1] = "true";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return new SluiceRun(flink, all);
  }

  private void run(Configuration flink, String[] arguments) {
    try {
      Context.use(
          own -> {
            Configuration all = new Configuration(flink);
            all.addAll(own);
            StreamExecutionEnvironment env = new StreamExecutionEnvironment(all);
            env.registerJobListener(new SubmissionListener());
            return env;
          });
      HttpLogJob.main(arguments);
    } catch (Exception e) {
      throw new CompletionException(e);
    } finally {
      Context.reset();
    }
  }

  /** Waits until all is stored; throws what ended the job otherwise. */
  void awaitEnd() throws Exception {
    end.get(ENDS_WITHIN.toSeconds(), TimeUnit.SECONDS);
  }

  boolean hasEnded() {
    return end.isDone();
  }

  /** Ends the job if it has not ended. */
  @Override
  public void close() {
    if (!end.isDone() && submitted.isDone()) {
      submitted
          .thenCompose(JobClient::cancel)
          .orTimeout(CANCELLED_WITHIN.toSeconds(), TimeUnit.SECONDS)
          .join();
    }
  }

  private final class SubmissionListener implements JobListener {
    @Override
    public void onJobSubmitted(JobClient client, Throwable failure) {
      if (failure == null) {
        submitted.complete(client);
      } else {
        submitted.completeExceptionally(failure);
      }
    }

    @Override
    public void onJobExecuted(JobExecutionResult result, Throwable failure) {}
  }

  /** Says, as {@code flink run} does, which environment {@code main} gets. */
  @SuppressWarnings("try") // nobody ever makes one, so there is none to close
  private static final class Context extends StreamExecutionEnvironment {
    static void use(StreamExecutionEnvironmentFactory factory) {
      initializeContextEnvironment(factory);
    }

    static void reset() {
      resetContextEnvironment();
    }
  }
}
