package io.sluice.ops.cli;

import io.sluice.ops.Json;
import io.sluice.ops.deadletters.BacklogTable;
import io.sluice.ops.deadletters.DeadLetters;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./sluice dead-letters list}. */
@Command(
    name = "list",
    description = {
      "Counts dead letters by reason, and by where they came from.",
      "The last line is JSON. Letters that the job wrote twice are counted once."
    })
final class DeadLettersListVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DeadLetterFlags where;
  @Mixin private LetterFlags letters;

  @Override
  public Integer call() {
    BacklogTable table =
        new BacklogTable(
            new DeadLetters(where.kafka(spec), where.topic()).backlog(),
            letters.toSelection(spec, Long.MAX_VALUE, true));
    if (!table.byReason().isEmpty()) {
      Terminal.result(spec, table.byReason());
      Terminal.result(spec, "");
      Terminal.result(spec, table.byOrigin());
    }
    Terminal.result(spec, Json.line(table.counts()));
    return 0;
  }
}
