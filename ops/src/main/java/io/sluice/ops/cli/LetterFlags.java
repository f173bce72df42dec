package io.sluice.ops.cli;

import io.sluice.ops.deadletters.Selection;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which dead letters are meant. */
final class LetterFlags {
  @Option(
      names = "--reason",
      paramLabel = "<text>",
      description = "only those with this in their reason, such as truncated")
  private String reason;

  @Option(
      names = "--since",
      paramLabel = "<time>",
      converter = TimeConverter.class,
      description =
          "only messages that came to Kafka at this time or later, such as 2026-11-20T18:30:00Z, or"
              + " 2h for two hours ago")
  private Instant since;

  @Option(
      names = "--until",
      paramLabel = "<time>",
      converter = TimeConverter.class,
      description = "only messages that came before")
  private Instant until;

  @Option(
      names = "--to",
      paramLabel = "<topic>",
      description = "where they are sent to (default: the topic that each came from)")
  private String to;

  Selection toSelection(CommandSpec verb, long limit, boolean cameBack) {
    try {
      return new Selection(
          Optional.ofNullable(reason),
          Optional.ofNullable(since),
          Optional.ofNullable(until),
          limit,
          cameBack,
          Optional.ofNullable(to));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(verb.commandLine(), e.getMessage(), e);
    }
  }
}
