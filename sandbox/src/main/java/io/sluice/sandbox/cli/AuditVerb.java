package io.sluice.sandbox.cli;

import io.sluice.sandbox.Json;
import io.sluice.sandbox.audit.AuditReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./sluice audit}. */
@Command(
    name = "audit",
    description = {
      "Compares what was produced with http_log and with the totals.",
      "The last line is JSON. Exits with 1 if a record is lost or there twice."
    })
final class AuditVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    AuditReport report = common.attach(spec).audit();
    if (!report.finished()) {
      Terminal.progress(spec)
          .accept("a producer is still running, or was killed: its records are not known");
    }
    Terminal.result(spec, Json.line(report));
    return report.isClean() ? 0 : 1;
  }
}
