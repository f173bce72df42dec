package io.sluice.clickhouse.http;

import io.sluice.clickhouse.http.Outcome.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.io.CloseMode;

/**
 * Sends inserts to one {@link Endpoint}, one at a time, and says what became of each. It sends
 * nothing by itself: no pings, no version queries, no repeats, no redirects, since at the proxy
 * each would cost a window. It logs nothing either; that is done where the outcome is decided on.
 *
 * <p>The body waits for the proxy's {@code 100 Continue}, so that a request that is turned away
 * costs no upload. A proxy that does not know {@code Expect} answers 417, and would for ever. So
 * after one, requests go without it for a while: then a request that is turned away has uploaded
 * its body, and may have been applied for all that one knows. Requests are cut off at {@link
 * Timeouts#total} whatever the server does.
 *
 * <p>{@link #insert} blocks and belongs on a thread of its own; {@link #close} may be called from
 * any thread, and ends it within moments.
 */
public final class ClickHouseClient implements Closeable {
  /** Proxies are replaced and configured anew; one 417 an hour costs nothing. */
  static final Duration REFUSAL_OF_EXPECT_COUNTS = Duration.ofHours(1);

  private final Endpoint endpoint;
  private final HttpHost host;
  private final CloseableHttpClient http;
  private final ScheduledExecutorService deadlines;
  private final LongSupplier nanoTime;
  private final InstantSource wallClock;
  private boolean expectWasRefused;
  private long expectRefusedAtNanos;

  private final Object lock = new Object();
  private Exchange inFlight;
  private boolean closed;

  public ClickHouseClient(Endpoint endpoint) {
    this(
        endpoint,
        onAnswer ->
            HttpTransport.create(
                endpoint.timeouts(),
                onAnswer,
                SystemDefaultDnsResolver.INSTANCE,
                endpoint.authorities()),
        deadlineThread(),
        System::nanoTime,
        InstantSource.system());
  }

  /**
   * @param transport makes the HTTP client, given what it has to call when an answer begins
   * @param deadlines cuts off requests that take too long; shut down with the client
   * @param wallClock for servers that name a time of day
   */
  ClickHouseClient(
      Endpoint endpoint,
      Function<Runnable, CloseableHttpClient> transport,
      ScheduledExecutorService deadlines,
      LongSupplier nanoTime,
      InstantSource wallClock) {
    this.endpoint = endpoint;
    this.host = endpoint.httpHost();
    this.http = transport.apply(this::answered);
    this.deadlines = deadlines;
    this.nanoTime = nanoTime;
    this.wallClock = wallClock;
  }

  private static ScheduledExecutorService deadlineThread() {
    ScheduledThreadPoolExecutor deadlines =
        new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("clickhouse-deadline", true));
    deadlines.setRemoveOnCancelPolicy(true);
    return deadlines;
  }

  /**
   * Sends one request and waits for its end. Whatever goes wrong on the way is an outcome, not an
   * exception.
   *
   * @throws IllegalStateException if another request is in flight
   */
  public Outcome insert(InsertRequest request) {
    Exchange exchange = new Exchange(endpoint, request, asksFirst());
    Future<?> deadline;
    synchronized (lock) {
      if (inFlight != null) {
        throw new IllegalStateException("a request is in flight; allowed: one at a time");
      }
      if (closed) {
        return failed(exchange, RequestFailure.ABORTED, "client is closed");
      }
      inFlight = exchange;
      deadline =
          deadlines.schedule(
              () -> exchange.stop(RequestFailure.TIMED_OUT),
              endpoint.timeouts().total().toNanos(),
              TimeUnit.NANOSECONDS);
    }
    try {
      return send(exchange);
    } finally {
      deadline.cancel(false);
      synchronized (lock) {
        inFlight = null;
      }
    }
  }

  private boolean asksFirst() {
    return !expectWasRefused
        || nanoTime.getAsLong() - expectRefusedAtNanos >= REFUSAL_OF_EXPECT_COUNTS.toNanos();
  }

  /** Ends the request in flight, as {@code TRY_AGAIN}; later inserts fail without being sent. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      if (inFlight != null) {
        inFlight.stop(RequestFailure.ABORTED);
      }
      deadlines.shutdownNow();
    }
    http.close(CloseMode.IMMEDIATE);
  }

  private Outcome send(Exchange exchange) {
    try (ClassicHttpResponse response = http.executeOpen(host, exchange.post, null)) {
      try {
        return outcome(exchange, Answer.read(response, wallClock.instant()));
      } finally {
        // What is left of the response is not worth reading, and might never end.
        exchange.post.cancel();
      }
    } catch (IOException e) {
      RequestFailure stopped = exchange.stoppedBy();
      RequestFailure failure = stopped != null ? stopped : RequestFailure.of(e);
      return failed(exchange, failure, description(failure, e));
    } catch (IllegalStateException e) {
      // The library's way of saying that it was closed in between.
      if (exchange.stoppedBy() == null) {
        throw e;
      }
      return failed(exchange, exchange.stoppedBy(), "closed");
    }
  }

  /** Called on the thread that sends. */
  private void answered() {
    inFlight.answered();
  }

  private Outcome outcome(Exchange exchange, Answer answer) {
    boolean early = exchange.answeredBeforeBodyEnd;
    Kind kind = OutcomeRules.ofAnswer(answer, !early, exchange.asksFirst);
    String why = kind == Kind.NOT_CLICKHOUSE && early ? ", before it had the rows" : "";
    if (kind == Kind.TRY_AGAIN && answer.httpStatus() == HttpStatus.SC_EXPECTATION_FAILED) {
      expectWasRefused = true;
      expectRefusedAtNanos = nanoTime.getAsLong();
      why = ": the proxy knows no Expect, so requests upload their body unasked for an hour";
    }
    return new Outcome(
        kind,
        OutcomeRules.mayBeApplied(kind, exchange.bodyStarted),
        answer.httpStatus(),
        answer.clickHouseCode(),
        answer.retryAfter(),
        withoutPassword(answer.detail() + why));
  }

  private Outcome failed(Exchange exchange, RequestFailure failure, String description) {
    Kind kind = OutcomeRules.ofFailure(failure);
    return new Outcome(
        kind,
        OutcomeRules.mayBeApplied(kind, exchange.bodyStarted),
        0,
        OutcomeRules.NO_CODE,
        withoutPassword(failure.words + ": " + description));
  }

  /** The exception's message, unless it quotes what the server sent, which may be anything. */
  private static String description(RequestFailure failure, IOException e) {
    String type = e.getClass().getSimpleName();
    return failure == RequestFailure.NOT_HTTP || e.getMessage() == null
        ? type
        : type + " " + e.getMessage();
  }

  private String withoutPassword(String text) {
    return endpoint.password().isEmpty() ? text : text.replace(endpoint.password(), "***");
  }
}
