package io.sluice.ops.cli;

import io.sluice.ops.drain.Drain;
import io.sluice.ops.metrics.RunningJob;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "drain",
    description = {
      "Waits until ClickHouse has all that Kafka has: nothing unread, nothing buffered, no request"
          + " that may be repeated.",
      "Producers have to be quiet. The job goes on; stop it then. Exits with 1 if it takes too"
          + " long."
    })
public final class DrainVerb extends Verb {
  @Mixin private KafkaOptions kafka;
  @Mixin private JobOptions job;

  @Option(names = "--topic", defaultValue = "http_log", description = "that the job reads")
  private String topic;

  @Option(
      names = "--group",
      defaultValue = "sluice",
      description = "under which it commits what it has read")
  private String group;

  @Option(
      names = "--within",
      paramLabel = "<time>",
      defaultValue = "10m",
      description = "how long at most")
  private Duration within;

  @Override
  public Integer call() {
    RunningJob running = job.job(spec, deployment);
    running.require();
    boolean drained =
        new Drain(kafka.access(spec, deployment), topic, group, running, progress()).await(within);
    say(drained ? "drained: ClickHouse has all that Kafka has" : "not drained");
    return drained ? 0 : 1;
  }
}
