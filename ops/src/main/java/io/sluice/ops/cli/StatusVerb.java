package io.sluice.ops.cli;

import io.sluice.ops.metrics.JobMetrics;
import io.sluice.ops.metrics.Lanes;
import io.sluice.ops.metrics.RunningJob;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "status",
    description = "Shows the job and what it holds. Exits with 3 unless every lane runs.")
final class StatusVerb extends Verb {
  @Mixin private JobOptions job;

  @Override
  public Integer call() {
    RunningJob running = job.job(spec, deployment);
    Optional<String> id = running.id().get();
    say(
        "job",
        id.map(known -> running.flink().jobStatus(known).state() + " " + known).orElse("none"));
    Lanes lanes = running.lanes();
    if (lanes.metrics().isEmpty()) {
      say("lanes", "unknown: " + lanes.unknownBecause());
      return 3;
    }
    JobMetrics metrics = lanes.metrics().get();
    say("buffered", "%,d rows".formatted(lanes.bufferedRows().orElseThrow()));
    say("oldest", "%.0f s".formatted(metrics.max("oldestUnsentAgeSeconds").orElse(0)));
    say("buffer", "%.0f %% full".formatted(100 * metrics.max("bufferFill").orElse(0)));
    say("in doubt", "%,d requests".formatted(lanes.requestsInDoubt().orElseThrow()));
    return 0;
  }

  private void say(String what, String value) {
    say("%-12s %s".formatted(what, value));
  }
}
