package io.sluice.clickhouse.sink;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.OperatorIOMetricGroup;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** The metrics of one writer, as a reporter would see them. */
final class VirtualMetrics extends UnregisteredMetricsGroup implements SinkWriterMetricGroup {
  private static final OperatorIOMetricGroup UNREAD =
      UnregisteredMetricsGroup.createOperatorIOMetricGroup();

  private final Counter rowsSent = new SimpleCounter();
  private final Counter bytesSent = new SimpleCounter();
  private final Counter errors = new SimpleCounter();
  private final Map<String, Counter> counters = new HashMap<>();
  private final Map<String, Gauge<?>> gauges = new HashMap<>();
  private final Set<String> histograms = new HashSet<>();

  long rowsSent() {
    return rowsSent.getCount();
  }

  Counter ownCounter(String name) {
    return counters.get(name);
  }

  /** Of all that was registered. */
  Set<String> names() {
    Set<String> names = new TreeSet<>(counters.keySet());
    names.addAll(gauges.keySet());
    names.addAll(histograms);
    return names;
  }

  /** A gauge's value by now, each time it is asked. */
  java.util.function.LongSupplier ownGauge(String name) {
    Gauge<?> gauge = gauges.get(name);
    return () -> ((Number) gauge.getValue()).longValue();
  }

  @Override
  public MetricGroup addGroup(String name) {
    return this;
  }

  @Override
  public Counter counter(String name) {
    return counters.computeIfAbsent(name, unused -> new SimpleCounter());
  }

  @Override
  public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
    gauges.put(name, gauge);
    return gauge;
  }

  @Override
  public <H extends Histogram> H histogram(String name, H histogram) {
    histograms.add(name);
    return histogram;
  }

  @Override
  public OperatorIOMetricGroup getIOMetricGroup() {
    return UNREAD;
  }

  @Override
  public Counter getNumRecordsOutErrorsCounter() {
    return errors;
  }

  @Override
  public Counter getNumRecordsSendErrorsCounter() {
    return errors;
  }

  @Override
  public Counter getNumRecordsSendCounter() {
    return rowsSent;
  }

  @Override
  public Counter getNumBytesSendCounter() {
    return bytesSent;
  }

  @Override
  public void setCurrentSendTimeGauge(Gauge<Long> currentSendTimeGauge) {}
}
