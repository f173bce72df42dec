package io.sluice.ops.cli;

import io.sluice.ops.OperatorException;
import io.sluice.ops.deadletters.Backlog;
import io.sluice.ops.deadletters.DeadLetters;
import io.sluice.ops.deadletters.Letter;
import io.sluice.ops.deadletters.LetterView;
import io.sluice.ops.deadletters.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    description = {
      "Shows one dead letter: where it was, why it is here, and its bytes.",
      "Bytes that may be text are hidden, since a client address is among them."
    })
final class DeadLettersShowVerb extends DeadLetterVerb {
  @Parameters(
      paramLabel = "<place>",
      description = "where the message was, or where the letter is, such as http_log-3@1234567")
  private String place;

  @Option(
      names = "--save",
      paramLabel = "<file>",
      description = {
        "writes the message as it came into a new file that only you can read",
        "It holds a client address: delete it when you are done."
      })
  private Path save;

  @Override
  public Integer call() {
    Place wanted = checked(() -> Place.parse(place));
    DeadLetters deadLetters = deadLetters();
    Backlog backlog = deadLetters.backlog();
    Letter letter =
        backlog.letters().stream()
            .filter(each -> each.origin().equals(wanted) || each.place().equals(wanted))
            .findFirst()
            .orElseThrow(
                () ->
                    OperatorException.failed(
                        "there is no dead letter of " + wanted + " in " + deadLetters.topic()));
    byte[] value = deadLetters.value(letter);
    LetterView.lines(letter, backlog.standing(letter, letter.origin().topic()), value)
        .forEach(this::say);
    if (save != null && value != null) {
      save(value);
    }
    return 0;
  }

  private void save(byte[] value) {
    try {
      Files.createFile(
          save, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(save, value);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + save, e);
    }
    progress().accept("the message is in " + save + ", with the client's address");
  }
}
