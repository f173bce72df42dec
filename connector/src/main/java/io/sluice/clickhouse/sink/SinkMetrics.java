package io.sluice.clickhouse.sink;

import static java.util.Map.entry;

import io.sluice.clickhouse.http.Outcome;
import io.sluice.clickhouse.http.Outcome.Kind;
import io.sluice.clickhouse.send.Batch;
import io.sluice.clickhouse.send.FillForecast;
import io.sluice.clickhouse.send.SendQueue;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;

/**
 * The metrics of a lane. Rows and bytes sent have the names of FLIP-33 and count what was
 * acknowledged; the rest is in the group {@code sluice}.
 *
 * <p>Written on the task thread; read by reporters on theirs, hence volatile.
 */
final class SinkMetrics {
  private static final Map<SinkMetric, ToLongFunction<SendQueue>> OF_THE_QUEUE =
      Map.ofEntries(
          entry(SinkMetric.OPEN_ROWS, SendQueue::openRows),
          entry(SinkMetric.OPEN_BYTES, SendQueue::openBytes),
          entry(SinkMetric.FROZEN_ROWS, SendQueue::frozenRows),
          entry(SinkMetric.FROZEN_BYTES, SendQueue::frozenBytes),
          entry(SinkMetric.BUFFERED_BYTES, SendQueue::totalBytes),
          entry(SinkMetric.BATCHES_AWAITING_CHECKPOINT, SendQueue::batchesAwaitingCheckpoint),
          entry(SinkMetric.BATCHES_SENDABLE, SendQueue::batchesSendable),
          entry(SinkMetric.BATCHES_IN_FLIGHT, queue -> queue.hasInFlight() ? 1 : 0),
          entry(SinkMetric.BATCHES_SET_ASIDE, SendQueue::batchesSetAside),
          entry(SinkMetric.UNCUTTABLE_BYTES, SendQueue::uncuttableBytes),
          entry(SinkMetric.REQUESTS_IN_DOUBT, SendQueue::requestsInDoubt),
          entry(SinkMetric.REQUEST_LIMIT_BYTES, SendQueue::requestBytesLimit),
          entry(SinkMetric.REQUEST_LIMIT_LOWERED, queue -> queue.isRequestLimitLowered() ? 1 : 0));

  private final SendQueue queue;
  private final LongSupplier wallClock;
  private final LongSupplier nanoTime;
  private final Counter rowsSent;
  private final Counter bytesSent;
  private final Counter sendErrors;
  private final Counter resends;
  private final Map<Kind, Counter> requests = new EnumMap<>(Kind.class);
  private final LatencyHistogram latency = new LatencyHistogram();
  private final FillForecast forecast;

  /** Of the queue. Replaced as a whole, since reporters read while the task thread writes. */
  private volatile Map<SinkMetric, Long> seen;

  private volatile long oldestArrivalEpochMilli = Long.MAX_VALUE;
  private volatile long windowOpensAtNanos;
  private volatile boolean held;
  private volatile long lastRequestRows;
  private volatile long lastRequestBytes;

  /**
   * @param queue with what was restored, so that no reporter takes it for stored
   */
  SinkMetrics(
      SinkWriterMetricGroup group,
      SendQueue queue,
      LongSupplier wallClock,
      LongSupplier nanoTime,
      LongSupplier maxBufferBytes,
      Duration window) {
    this.queue = queue;
    this.wallClock = wallClock;
    this.nanoTime = nanoTime;
    this.forecast = new FillForecast(maxBufferBytes, window);
    update(Duration.ZERO, false);
    rowsSent = group.getNumRecordsSendCounter();
    bytesSent = group.getNumBytesSendCounter();
    sendErrors = group.getNumRecordsSendErrorsCounter();
    MetricGroup own = group.addGroup("sluice");
    resends = counter(own, SinkMetric.RESENDS);
    requests.put(Kind.ACCEPTED, counter(own, SinkMetric.REQUESTS_ACCEPTED));
    requests.put(Kind.TOO_EARLY, counter(own, SinkMetric.REQUESTS_TOO_EARLY));
    requests.put(Kind.TRY_AGAIN, counter(own, SinkMetric.REQUESTS_RETRIED));
    requests.put(Kind.TOO_LARGE, counter(own, SinkMetric.REQUESTS_TOO_LARGE));
    requests.put(Kind.REFUSED, counter(own, SinkMetric.REQUESTS_REFUSED));
    requests.put(Kind.NOT_CLICKHOUSE, counter(own, SinkMetric.REQUESTS_NOT_CLICKHOUSE));
    own.histogram(SinkMetric.LATENCY_SECONDS.metricName, latency);
    OF_THE_QUEUE.keySet().forEach(metric -> gauge(own, metric, () -> seen.get(metric)));
    gauge(own, SinkMetric.SOURCE_HELD, () -> held ? 1 : 0);
    gauge(own, SinkMetric.BUFFER_LIMIT_BYTES, maxBufferBytes::getAsLong);
    gauge(
        own,
        SinkMetric.BUFFER_FILL,
        () -> (double) seen.get(SinkMetric.BUFFERED_BYTES) / maxBufferBytes.getAsLong());
    gauge(
        own, SinkMetric.SECONDS_TO_FULL_BUFFER, () -> forecast.secondsToFull(nanoTime.getAsLong()));
    gauge(own, SinkMetric.WINDOW_SECONDS, () -> window.toMillis() / 1e3);
    gauge(own, SinkMetric.OLDEST_UNSENT_AGE_SECONDS, this::oldestUnsentAgeSeconds);
    gauge(own, SinkMetric.SECONDS_TO_NEXT_WINDOW, this::secondsToNextWindow);
    gauge(own, SinkMetric.LAST_REQUEST_ROWS, () -> lastRequestRows);
    gauge(own, SinkMetric.LAST_REQUEST_BYTES, () -> lastRequestBytes);
  }

  private static Counter counter(MetricGroup group, SinkMetric metric) {
    return group.counter(metric.metricName);
  }

  private static void gauge(MetricGroup group, SinkMetric metric, Gauge<? extends Number> value) {
    group.gauge(metric.metricName, value);
  }

  private double oldestUnsentAgeSeconds() {
    long oldest = oldestArrivalEpochMilli;
    return oldest == Long.MAX_VALUE ? 0 : Math.max(0, wallClock.getAsLong() - oldest) / 1e3;
  }

  private double secondsToNextWindow() {
    long nanos = Math.max(0, windowOpensAtNanos - nanoTime.getAsLong());
    return Duration.ofNanos(nanos).toMillis() / 1e3;
  }

  void update(Duration untilOpen, boolean held) {
    Map<SinkMetric, Long> now = new EnumMap<>(SinkMetric.class);
    OF_THE_QUEUE.forEach((metric, value) -> now.put(metric, value.applyAsLong(queue)));
    seen = now;
    this.held = held;
    oldestArrivalEpochMilli = queue.oldestArrivalEpochMilli();
    windowOpensAtNanos = nanoTime.getAsLong() + untilOpen.toNanos();
    forecast.update(queue.totalBytes(), nanoTime.getAsLong());
  }

  /**
   * Counts a request by its outcome, and its rows if it was acknowledged.
   *
   * @param resend whether it repeated a request of unknown fate. ClickHouse dropped it if that one
   *     had been applied, but its answer does not tell: it counts rows before it drops them
   */
  void settled(Batch batch, Outcome outcome, boolean resend) {
    requests.get(outcome.kind()).inc();
    if (outcome.kind() == Kind.ACCEPTED) {
      rowsSent.inc(batch.rowCount());
      bytesSent.inc(batch.byteCount());
      lastRequestRows = batch.rowCount();
      lastRequestBytes = batch.byteCount();
      latency.add(batch, wallClock.getAsLong());
      if (resend) {
        resends.inc();
      }
    } else if (outcome.kind() != Kind.TOO_EARLY) {
      sendErrors.inc(batch.rowCount());
    }
  }
}
