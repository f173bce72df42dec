package io.sluice.ops.cli;

import io.sluice.ops.deadletters.Selection;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A verb for some dead letters. */
abstract class SelectingVerb extends DeadLetterVerb {
  @Option(
      names = "--reason",
      paramLabel = "<text>",
      description = "only those with this in their reason, such as truncated")
  private String reason;

  @Option(
      names = "--since",
      paramLabel = "<time>",
      description =
          "only messages that came to Kafka at this time or later, such as 2026-11-20T18:30:00Z, or"
              + " 2h for two hours ago")
  private Instant since;

  @Option(names = "--until", paramLabel = "<time>", description = "only messages that came before")
  private Instant until;

  @Option(
      names = "--to",
      paramLabel = "<topic>",
      description = "where they are sent to (default: the topic that each came from)")
  private String to;

  final Selection selection(long limit, boolean cameBack) {
    return checked(
        () ->
            new Selection(
                reason == null ? "" : reason,
                since == null ? Instant.MIN : since,
                until == null ? Instant.MAX : until,
                limit,
                cameBack,
                Optional.ofNullable(to)));
  }
}
