package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.http.Outcome;
import io.sluice.clickhouse.http.Outcome.Kind;
import io.sluice.clickhouse.send.Batch;
import io.sluice.clickhouse.send.Drought;
import io.sluice.clickhouse.send.SendQueue;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in one line what became of a request, and what an operator has to do about it. */
final class RequestLog {
  private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);

  private final int lane;
  private final Gate gate;
  private final Duration window;
  private final Drought drought;

  RequestLog(int lane, Gate gate, Duration window, LongSupplier nanoTime) {
    this.lane = lane;
    this.gate = gate;
    this.window = window;
    this.drought = new Drought(window, nanoTime);
  }

  /** To be called when the gate has settled the request. */
  void settled(Batch batch, boolean resend, Outcome outcome, long startedAtNanos) {
    String line = line(batch, resend, outcome);
    switch (outcome.kind()) {
      case ACCEPTED -> LOG.info(line);
      case TOO_EARLY -> LOG.debug(line);
      case TRY_AGAIN -> LOG.warn(line);
      case TOO_LARGE, REFUSED, NOT_CLICKHOUSE -> LOG.error(line);
    }
    if (outcome.kind() == Kind.ACCEPTED) {
      drought.ends();
    } else if (drought.goesOn(startedAtNanos)) {
      LOG.warn(
          "Lane {}: nothing was stored for {} s, {} requests, the last with HTTP {}. Does another"
              + " client use the proxy's window, a second job or a probe? Is the window, {} s,"
              + " shorter than the proxy's? Is the endpoint the proxy, and is ClickHouse up behind"
              + " it? Nothing is lost meanwhile",
          lane,
          drought.length().toSeconds(),
          drought.requests(),
          outcome.httpStatus(),
          window.toMillis() / 1e3);
    }
  }

  String line(Batch batch, boolean resend, Outcome outcome) {
    return "Lane %d: batch %s, %d rows, %d bytes%s: %s"
        .formatted(
            lane,
            batch.token(),
            batch.rowCount(),
            batch.byteCount(),
            resend ? ", a resend" : "",
            words(batch, outcome));
  }

  private String words(Batch batch, Outcome outcome) {
    return switch (outcome.kind()) {
      case ACCEPTED -> "stored";
      case TOO_EARLY -> "before the window opened; " + next(gate.untilOpen());
      case TRY_AGAIN -> outcome.detail() + "; " + next(gate.untilOpen());
      case TOO_LARGE -> tooLarge(batch);
      case REFUSED ->
          "refused, %s. Fix the server or the settings; %s"
              .formatted(outcome.detail(), setAside(batch));
      case NOT_CLICKHOUSE ->
          ("this is not ClickHouse's answer to an insert: %s. Look at what listens at the endpoint,"
                  + " at a proxy that answers by itself (nginx: return, error_page … =200) or strips"
                  + " X-ClickHouse-Query-Id; %s")
              .formatted(outcome.detail(), next(gate.untilOpen()));
    };
  }

  private String tooLarge(Batch batch) {
    SendQueue queue = gate.queue;
    if (!queue.holds(batch)) {
      return ("too large for the proxy; it is halved, and requests are cut to %d bytes from now on."
              + " Raise the proxy's client_max_body_size or lower the limit of requests")
          .formatted(queue.requestBytesLimit());
    }
    return ("too large for the proxy, and cannot be cut: %s; raise client_max_body_size to at least"
            + " %d bytes; %s")
        .formatted(
            queue.mayBeApplied(batch) ? "it may have been stored already" : "it is one block",
            batch.byteCount(),
            setAside(batch));
  }

  private String setAside(Batch batch) {
    return "the others go first, " + next(gate.untilOffer(batch));
  }

  private static String next(Duration wait) {
    return "next attempt in " + wait.toMillis() + " ms, nothing is lost meanwhile";
  }
}
