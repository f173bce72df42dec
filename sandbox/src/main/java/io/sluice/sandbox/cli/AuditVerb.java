package io.sluice.sandbox.cli;

import io.sluice.sandbox.Json;
import io.sluice.sandbox.SandboxException;
import io.sluice.sandbox.audit.Audit;
import io.sluice.sandbox.audit.AuditReport;
import io.sluice.sandbox.produce.Ledger;
import io.sluice.sandbox.sql.ClickHouseSql;
import io.sluice.sandbox.stack.StateFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./sluice audit}. */
@Command(
    name = "audit",
    description = {
      "Compares what was produced with http_log and with the totals, of this stack or of any other;",
      "each table from the first day on that it keeps.",
      "The last line is JSON. Exits with 1 if a record is lost or there twice."
    })
final class AuditVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;
  @Mixin private ServerOptions server;

  @Option(
      names = "--ledger",
      paramLabel = "<file>",
      description = "what the producer counted, with --url (default: produced.json in --dir)")
  private Path ledger;

  @Override
  public Integer call() {
    AuditReport report = server.server(spec).map(this::compare).orElseGet(this::ofTheStack);
    if (!report.finished()) {
      Terminal.progress(spec)
          .accept("a producer is still running, or was killed: its records are not known");
    }
    report.spans().forEach(Terminal.progress(spec));
    Terminal.result(spec, Json.line(report));
    return report.isClean() ? 0 : 1;
  }

  private AuditReport ofTheStack() {
    if (ledger != null) {
      throw new ParameterException(spec.commandLine(), "--ledger goes with --url");
    }
    return common.attach(spec).audit();
  }

  private AuditReport compare(ClickHouseSql clickHouse) {
    Path file = ledger == null ? new StateFolder(common.path()).ledger() : ledger;
    if (!Files.exists(file)) {
      throw SandboxException.failed(file + " is missing; name the producer's ledger with --ledger");
    }
    return new Audit(clickHouse).compare(Ledger.read(file));
  }
}
