package io.sluice.bench.chaos;

import io.sluice.ops.Json;
import io.sluice.ops.OperatorException;
import io.sluice.ops.cli.Terminal;
import io.sluice.sandbox.cli.CommonOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./sluice chaos-report}. */
@Command(
    name = "chaos-report",
    description = {
      "Prints what several campaigns found, as tables in Markdown.",
      "Exits with 0 only if every audit of all of them was clean."
    })
public final class ChaosReportVerb implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin
  @SuppressWarnings("unused") // for --help
  private CommonOptions common;

  @Parameters(
      paramLabel = "<file>",
      arity = "1..*",
      description = "written by: ./sluice chaos --report <file>")
  private List<Path> files;

  @Override
  public Integer call() {
    ChaosReport report = new ChaosReport(files.stream().map(ChaosReportVerb::read).toList());
    Terminal.result(spec, report.campaignTable());
    Terminal.result(spec, "");
    Terminal.result(spec, report.faultTable());
    return report.isClean() ? 0 : 1;
  }

  private static ChaosResult read(Path file) {
    return Json.read(file, ChaosResult.class)
        .filter(result -> !result.rounds().isEmpty())
        .orElseThrow(() -> OperatorException.failed("no finished round in " + file));
  }
}
