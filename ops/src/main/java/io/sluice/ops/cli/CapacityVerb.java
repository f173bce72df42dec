package io.sluice.ops.cli;

import io.sluice.ops.Json;
import io.sluice.ops.capacity.CapacityReport;
import io.sluice.ops.capacity.CapacitySample;
import io.sluice.ops.capacity.Forecast;
import io.sluice.ops.capacity.ProxyRate;
import io.sluice.ops.capacity.ReplayPlan;
import io.sluice.ops.capacity.RequestWindow;
import io.sluice.ops.capacity.Retention;
import io.sluice.ops.capacity.Sampler;
import io.sluice.ops.sql.ClickHouseSql;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

@Command(
    name = "capacity",
    description = {
      "Estimates disk, parts and merges for a message rate and retention.",
      "Figures come from a sample: shipped ones, unless --sample, --clickhouse or --measure says else.",
      "--clickhouse and --measure measure on an http_log; takes minutes, in a database that is dropped again."
    })
public final class CapacityVerb extends Verb {
  @Option(
      names = "--rate",
      split = ",",
      showDefaultValue = Help.Visibility.NEVER,
      description = "messages per second, the mean of a day; several, as 100,5000, for one table")
  private List<Double> rates = List.of();

  @Option(names = "--retention-raw", defaultValue = "35d", description = "of http_log")
  private Duration raw;

  @Option(names = "--retention-minute", defaultValue = "3d", description = "of http_log_minute")
  private Duration minute;

  @Option(
      names = "--retention-hour",
      defaultValue = "400d",
      description = "of the totals by hour, and of http_log_status_minute")
  private Duration hour;

  @Option(
      names = "--retention-day",
      defaultValue = "2y",
      description = "of the totals that are kept for good: how far to look")
  private Duration day;

  @Option(
      names = "--proxy-rate",
      defaultValue = "1r/m",
      description = "requests that the proxy admits per lane, in nginx's notation")
  private String proxyRate;

  @Option(
      names = "--proxy-max-body",
      defaultValue = "1048576",
      description = "largest request in bytes that the proxy takes")
  private long proxyMaxBodyBytes;

  @Option(names = "--lanes", defaultValue = "1", description = "of the job")
  private int lanes;

  @Option(
      names = "--sample",
      paramLabel = "<file>",
      description = "take the figures from a file that --measure wrote")
  private Path sampleFile;

  @Mixin private ClickHouseOptions server;

  @Option(
      names = "--measure",
      paramLabel = "<file>",
      description =
          "measure at --clickhouse, or at the deployment's, and write the figures to a file")
  private Path measureFile;

  @Option(
      names = "--measure-days",
      defaultValue = "8",
      description = "how many of the last whole days are measured at most")
  private int measureDays;

  @Option(
      names = "--description",
      showDefaultValue = Help.Visibility.NEVER,
      description = "of the rows, to be written into the file")
  private String description = "";

  @Override
  public Integer call() {
    if (rates.isEmpty() && measureFile == null) {
      throw new ParameterException(spec.commandLine(), "--rate is missing");
    }
    if (rates.stream().anyMatch(rate -> !(rate > 0))) {
      throw new ParameterException(spec.commandLine(), "--rate has to be above 0");
    }
    Retention retention = checked(() -> new Retention(raw, minute, hour, day));
    RequestWindow window =
        checked(() -> new RequestWindow(ProxyRate.parse(proxyRate), lanes, proxyMaxBodyBytes));
    CapacitySample sample = sample();
    if (!rates.isEmpty()) {
      say(new CapacityReport(sample, new Forecast(sample), rates, retention, window).text());
    }
    return 0;
  }

  private CapacitySample sample() {
    Optional<ClickHouseSql> named = server.named(spec);
    if (measureFile == null && named.isEmpty()) {
      return sampleFile == null ? CapacitySample.shipped() : CapacitySample.read(sampleFile);
    }
    if (sampleFile != null || measureDays < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--sample takes no --clickhouse or --measure, --measure-days is 1 at least");
    }
    ClickHouseSql clickHouse = server.server(spec, deployment);
    CapacitySample sample =
        new Sampler(clickHouse, progress()).measure(measureDays, ReplayPlan.usual(), description);
    if (measureFile != null) {
      Json.write(measureFile, sample);
    }
    return sample;
  }
}
