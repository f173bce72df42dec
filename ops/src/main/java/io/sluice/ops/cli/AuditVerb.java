package io.sluice.ops.cli;

import io.sluice.ops.Json;
import io.sluice.ops.OperatorException;
import io.sluice.ops.audit.Audit;
import io.sluice.ops.audit.AuditReport;
import io.sluice.ops.audit.Ledger;
import io.sluice.ops.audit.StoredLevel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "audit",
    description = {
      "Compares what was produced with http_log, and http_log with the totals.",
      "Each table of totals is compared from the first day on that it keeps.",
      "The last line is JSON. Exits with 1 if a record is lost or there twice."
    })
public final class AuditVerb extends Verb {
  @Mixin private ClickHouseOptions server;

  @Option(
      names = "--ledger",
      paramLabel = "<file>",
      description =
          "what the producer of a test counted (default: the deployment's, if it has one; else only"
              + " http_log and the totals are compared)")
  private Path ledger;

  @Override
  public Integer call() {
    Audit audit = new Audit(server.server(spec, deployment));
    Optional<Path> file = Optional.ofNullable(ledger).or(() -> deployment.ledger(spec));
    return file.isPresent() ? compare(audit, file.get()) : levels(audit);
  }

  private int compare(Audit audit, Path file) {
    if (!Files.exists(file)) {
      throw OperatorException.failed(
          file + " is missing; name the producer's ledger with --ledger");
    }
    AuditReport report = audit.compare(Ledger.read(file));
    if (!report.finished()) {
      progress().accept("a producer is still running, or was killed: its records are not known");
    }
    report.spans().forEach(progress());
    say(Json.line(report));
    return report.isClean() ? 0 : 1;
  }

  private int levels(Audit audit) {
    progress().accept("no ledger: http_log and the totals are compared");
    List<StoredLevel> levels = audit.levels();
    say(Json.line(levels));
    return levels.stream().allMatch(StoredLevel::agrees) ? 0 : 1;
  }
}
