package io.sluice.ops.capacity;

import io.sluice.ops.report.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The forecast as text: tables in Markdown, and sentences. */
public final class CapacityReport {
  /**
   * What is asked.
   *
   * @param rates messages per second, each above 0; one at least
   */
  public record Question(
      List<Double> rates, Retention retention, ProxyRate window, int lanes, long maxBodyBytes) {
    public Question {
      rates = List.copyOf(rates);
      if (rates.isEmpty()) {
        throw new IllegalArgumentException("rates are none, must be one at least");
      }
      for (double rate : rates) {
        requests(rate, window, lanes, maxBodyBytes);
      }
    }

    RequestForecast requests(double rate) {
      return requests(rate, window, lanes, maxBodyBytes);
    }

    private static RequestForecast requests(
        double rate, ProxyRate window, int lanes, long maxBodyBytes) {
      return new RequestForecast(rate, window, lanes, maxBodyBytes);
    }
  }

  private static final String EXTRAPOLATED = " *";

  private final CapacitySample sample;
  private final Question question;
  private final Forecast forecast;

  public CapacityReport(CapacitySample sample, Question question) {
    this.sample = sample;
    this.question = question;
    this.forecast = new Forecast(sample);
  }

  /** One table of levels for one rate, one of levels and rates for several; then requests. */
  public String text() {
    List<String> parts = new ArrayList<>();
    List<Double> rates = question.rates();
    parts.add(rates.size() == 1 ? oneRate(rates.get(0)) : severalRates());
    parts.add(
        String.format(
            Locale.ROOT,
            "%s = extrapolated: the sample, at up to %s times its rate of %s messages/s, has no"
                + " such rate.%nSample: %s; %,d rows of %d day(s) from %s, ClickHouse %s.",
            EXTRAPOLATED.strip(),
            Amount.digits(forecast.measuredRowsPerSecond() / sample.rowsPerSecond()),
            Amount.digits(sample.rowsPerSecond()),
            sample.description().isEmpty() ? "not described" : sample.description(),
            sample.rows(),
            sample.days(),
            sample.firstDay(),
            sample.engine()));
    parts.add(requests());
    parts.add(new MergeForecast(forecast, question.retention()).text(rates));
    return String.join("\n\n", parts);
  }

  private String oneRate(double rate) {
    TextTable table =
        new TextTable("table", "days kept", "of raw rows", "rows", "B/row", "disk", "part of it");
    double total = levels(rate).stream().mapToDouble(Forecast.LevelForecast::bytes).sum();
    for (Forecast.LevelForecast level : levels(rate)) {
      table.row(
          level.level().table(),
          Amount.digits(level.days()),
          Amount.percent(level.kept()),
          Amount.count(level.rows()),
          Amount.digits(level.bytesPerRow()),
          disk(level.bytes(), level.isExtrapolated()),
          Amount.percent(level.bytes() / total));
    }
    table.row("all", "", "", "", "", disk(total, anyExtrapolated(rate)), "");
    return Amount.digits(rate) + " messages/s, disk after merges:\n\n" + table;
  }

  private String severalRates() {
    List<Double> rates = question.rates();
    List<String> heads = new ArrayList<>(List.of("table", "days kept"));
    rates.forEach(rate -> heads.add(Amount.count(rate) + "/s"));
    TextTable table = new TextTable(heads.toArray(String[]::new));
    for (Level level : Level.values()) {
      double days = question.retention().mostDays(level);
      List<String> cells = new ArrayList<>(List.of(level.table(), Amount.digits(days)));
      for (double rate : rates) {
        Forecast.LevelForecast one = forecast.of(level, rate, days);
        cells.add(disk(one.bytes(), one.isExtrapolated()));
      }
      table.row(cells.toArray(String[]::new));
    }
    List<String> all = new ArrayList<>(List.of("all", ""));
    for (double rate : rates) {
      double total = levels(rate).stream().mapToDouble(Forecast.LevelForecast::bytes).sum();
      all.add(disk(total, anyExtrapolated(rate)));
    }
    return "Messages/s, disk after merges:\n\n" + table.row(all.toArray(String[]::new));
  }

  private List<Forecast.LevelForecast> levels(double rate) {
    List<Forecast.LevelForecast> levels = new ArrayList<>();
    for (Level level : Level.values()) {
      levels.add(forecast.of(level, rate, question.retention().mostDays(level)));
    }
    return levels;
  }

  private boolean anyExtrapolated(double rate) {
    return levels(rate).stream().anyMatch(Forecast.LevelForecast::isExtrapolated);
  }

  private static String disk(double bytes, boolean extrapolated) {
    return Amount.bytes(bytes) + (extrapolated ? EXTRAPOLATED : "");
  }

  private String requests() {
    TextTable table =
        new TextTable(
            "messages/s",
            "rows per request",
            "MiB per request",
            "requests a day",
            "parts a day, per table",
            "in all tables",
            "lanes needed");
    for (double rate : question.rates()) {
      RequestForecast requests = question.requests(rate);
      table.row(
          Amount.digits(rate),
          Amount.count(requests.rowsPerRequest()),
          Amount.digits(requests.bytesPerRequest() / 1_048_576)
              + (requests.fits() ? "" : " (too large)"),
          Amount.count(requests.requestsPerDay()),
          Amount.count(requests.requestsPerDay()),
          Amount.count(requests.requestsPerDay() * Level.values().length),
          Integer.toString(requests.lanesThatFit()));
    }
    return String.format(
        Locale.ROOT,
        "Requests with %d lane(s) at %s and %s MiB at most, which carry %s messages/s:%n%n%s",
        question.lanes(),
        question.window(),
        Amount.digits(question.maxBodyBytes() / 1_048_576.0),
        Amount.digits(question.requests(question.rates().get(0)).mostRowsPerSecond()),
        table);
  }
}
