package io.sluice.ops.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;

/**
 * Samples of the Prometheus text format, version 0.0.4, as far as Flink's reporter writes it:
 * {@code name{label="value",…} number}.
 */
public final class PrometheusText {
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([A-Za-z_:][\\w:]*)(?:\\{(.*)\\})?"
              + "\\s+(NaN|[+-]?(?:Inf|\\d+(?:[.]\\d+)?(?:[Ee][+-]?\\d+)?))(?:\\s+\\d+)?");

  private record Sample(String name, String labels, double value) {}

  private final List<Sample> samples;

  private PrometheusText(List<Sample> samples) {
    this.samples = List.copyOf(samples);
  }

  /** Reads what can be read; comments and broken lines are skipped. */
  public static PrometheusText parse(String text) {
    List<Sample> samples = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher matcher = SAMPLE.matcher(line.strip());
      if (matcher.matches()) {
        String labels = matcher.group(2) == null ? "" : matcher.group(2);
        String number = matcher.group(3).replace("Inf", "Infinity");
        samples.add(new Sample(matcher.group(1), labels, Double.parseDouble(number)));
      }
    }
    return new PrometheusText(samples);
  }

  /** Without the series that carry this label with another value. */
  PrometheusText only(String key, String value) {
    String label = key + "=\"";
    return new PrometheusText(
        samples.stream()
            .filter(
                sample ->
                    !sample.labels().contains(label)
                        || sample.labels().contains(label + value + '"'))
            .toList());
  }

  public boolean has(String name) {
    return samples.stream().anyMatch(sample -> sample.name().equals(name));
  }

  /** The sum over all series of a metric; 0 if there is none. */
  public double sum(String name) {
    return values(name, "").sum();
  }

  /** The same of the series with a label, written as {@code operator_name="Decode"}. */
  public double sum(String name, String label) {
    return values(name, label).sum();
  }

  long distinct(String name, String key) {
    Pattern value = Pattern.compile("\\b" + key + "=\"([^\"]*)\"");
    return samples.stream()
        .filter(sample -> sample.name().equals(name))
        .flatMap(sample -> value.matcher(sample.labels()).results())
        .map(found -> found.group(1))
        .distinct()
        .count();
  }

  /** The largest value among all series of a metric; empty if there is none. */
  public OptionalDouble max(String name) {
    return values(name, "").max();
  }

  public OptionalDouble quantile(String name, String quantile) {
    return values(name, "quantile=\"" + quantile + "\"").max();
  }

  private DoubleStream values(String name, String label) {
    return samples.stream()
        .filter(sample -> sample.name().equals(name) && sample.labels().contains(label))
        .mapToDouble(Sample::value)
        .filter(value -> !Double.isNaN(value));
  }
}
