package io.sluice.ops.cli;

import io.sluice.ops.Json;
import io.sluice.ops.deadletters.BacklogTable;
import io.sluice.ops.deadletters.Selection;
import picocli.CommandLine.Command;

@Command(
    name = "list",
    description = {
      "Counts dead letters by reason, and by where they came from.",
      "The last line is JSON. Letters that the job wrote twice are counted once."
    })
final class DeadLettersListVerb extends SelectingVerb {
  @Override
  public Integer call() {
    Selection selection = selection(Long.MAX_VALUE, true);
    BacklogTable table = new BacklogTable(deadLetters().backlog(), selection);
    if (!table.byReason().isEmpty()) {
      say(table.byReason());
      say("");
      say(table.byOrigin());
    }
    say(Json.line(table.counts()));
    return 0;
  }
}
