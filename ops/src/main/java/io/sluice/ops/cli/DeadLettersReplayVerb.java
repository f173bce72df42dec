package io.sluice.ops.cli;

import io.sluice.ops.Json;
import io.sluice.ops.deadletters.Replay;
import io.sluice.ops.deadletters.ReplayReport;
import io.sluice.ops.deadletters.Selection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "replay",
    description = {
      "Sends dead letters back to the topic they came from, each exactly once.",
      "Messages and receipts (in the dead-letter topic) are one Kafka transaction: a replay that is"
          + " killed can be repeated, and so can one that was already done. What the job still"
          + " cannot decode comes back as a new dead letter, which is replayed only if asked for."
          + " The last line is JSON."
    })
final class DeadLettersReplayVerb extends SelectingVerb {
  @Option(names = "--limit", paramLabel = "<n>", description = "at most so many")
  private Long limit;

  @Option(
      names = "--came-back",
      description = "also letters that were replayed before and could not be decoded again")
  private boolean cameBack;

  @Option(names = "--dry-run", description = "say what would be replayed, and send nothing")
  private boolean dryRun;

  @Option(
      names = "--per-transaction",
      defaultValue = "1000",
      paramLabel = "<n>",
      description = "letters, or 4 MiB, that become visible together")
  private int lettersPerTransaction;

  @Override
  public Integer call() {
    Selection selection = selection(limit == null ? Long.MAX_VALUE : limit, cameBack);
    Replay replay = checked(() -> new Replay(deadLetters(), lettersPerTransaction, progress()));
    ReplayReport report = dryRun ? replay.dryRun(selection) : replay.run(selection);
    if (dryRun) {
      progress().accept("dry run: nothing was sent");
    }
    if (report.cameBack() > 0 && !cameBack) {
      progress()
          .accept(
              "%,d letters were replayed before and came back; --came-back replays them too"
                  .formatted(report.cameBack()));
    }
    if (report.incomplete() > 0) {
      progress()
          .accept(
              "%,d letters are without their whole message and cannot be replayed"
                  .formatted(report.incomplete()));
    }
    say(Json.line(report));
    return 0;
  }
}
