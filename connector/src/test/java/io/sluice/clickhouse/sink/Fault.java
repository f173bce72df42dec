package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.http.Outcome.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ClientProtocolException;

/** The bad ends that a request may come to; each says what the client has to take it for. */
final class Fault {
  private static final int TOO_MANY_PARTS = 252;
  private static final int MEMORY_LIMIT_EXCEEDED = 241;
  private static final int TIMEOUT_EXCEEDED = 159;
  private static final int UNKNOWN_TABLE = 60;
  private static final int NO_SUCH_COLUMN_IN_TABLE = 16;

  /** Nothing, some seconds, longer than any window. */
  private static final Duration[] RETRY_AFTER = {
    Duration.ZERO, Duration.ofSeconds(20), Duration.ofHours(10)
  };

  private final Flight flight;
  private final ModelNetwork network;
  private final ModelServer server;
  private final Event.Counts counts;

  Fault(Flight flight, ModelNetwork network, ModelServer server, Event.Counts counts) {
    this.flight = flight;
    this.network = network;
    this.server = server;
    this.counts = counts;
  }

  void strike(int choice) {
    if (flight.admitted) {
      whileApplying(choice % 19);
      if ((choice >> 8) % 8 == 0) {
        // Whatever proxy takes the next request, it would not have taken this one.
        network.limitBody(flight.length - 1);
      }
    } else if (flight.body == null) {
      beforeBody(choice);
    } else {
      network.leaveBehind(flight);
      flight.fail(new SocketException("reset"), Kind.TRY_AGAIN);
    }
  }

  private void beforeBody(int choice) {
    switch (choice % 12) {
      case 0 -> cut(new ConnectException("refused"), Kind.TRY_AGAIN);
      case 1 -> cut(new SocketException("reset"), Kind.TRY_AGAIN);
      case 2 -> cut(new SSLPeerUnverifiedException("another host"), Kind.REFUSED);
      case 3 -> cut(new ClientProtocolException("garbage"), Kind.TRY_AGAIN);
      case 4 -> {
        answer(Event.TURNED_AWAY_BY_WINDOW, 429, 0, "slow down", Kind.TOO_EARLY);
        flight.retryAfter(RETRY_AFTER[(choice >> 4) % RETRY_AFTER.length]);
      }
      case 5 -> stranger(200, "<html>welcome</html>");
      case 6 -> stranger(204, "");
      case 7 -> answer(Event.ANSWERED_REFUSAL, 403, 0, "", Kind.REFUSED);
      case 8 -> answer(Event.ANSWERED_BY_STRANGER, 408, 0, "", Kind.TRY_AGAIN);
      // The proxy ignores the client's "Expect", and the body is sent unasked.
      case 9 -> network.takeBody();
      // ClickHouse itself cannot: it answers when all is stored.
      case 10 -> {
        counts.add(Event.ANSWERED_BY_STRANGER);
        flight.answerOfClickHouse(200, "", Kind.NOT_CLICKHOUSE);
      }
      default -> cutInBody();
    }
  }

  private void stranger(int status, String text) {
    answer(Event.ANSWERED_BY_STRANGER, status, 0, text, Kind.NOT_CLICKHOUSE);
  }

  /** Somebody answers in ClickHouse's place; how far that is by then, nobody knows. */
  private void strangerAfterBody(int status) {
    answer(Event.ANSWERED_BY_STRANGER_AFTER_BODY, status, 0, "", Kind.NOT_CLICKHOUSE);
  }

  private void cut(IOException why, Kind expected) {
    counts.add(Event.CUT_BEFORE_BODY);
    flight.fail(why, expected);
  }

  private void answer(Event event, int status, int code, String text, Kind expected) {
    counts.add(event);
    flight.answer(status, code, text, expected);
  }

  private void cutInBody() {
    counts.add(Event.CUT_IN_BODY);
    network.bodyBegins();
    try {
      flight.post.getEntity().writeTo(new BrokenPipe());
    } catch (IOException broken) {
      flight.fail(broken, Kind.TRY_AGAIN);
    }
  }

  private void whileApplying(int which) {
    switch (which) {
      case 0 -> answerAndGoOn(502);
      case 1 -> answerAndGoOn(504);
      case 2 -> answerAndGoOn(503);
      case 3 -> stop(Event.ANSWERED_PASSING_ERROR, 500, TOO_MANY_PARTS, Kind.TRY_AGAIN);
      case 4 -> stop(Event.ANSWERED_PASSING_ERROR, 200, MEMORY_LIMIT_EXCEEDED, Kind.TRY_AGAIN);
      case 5 -> stop(Event.ANSWERED_REFUSAL, 404, UNKNOWN_TABLE, Kind.REFUSED);
      case 6 -> stop(Event.ANSWERED_REFUSAL, 200, NO_SUCH_COLUMN_IN_TABLE, Kind.REFUSED);
      case 7 -> stop(Event.ANSWERED_BY_PROXY_AFTER_BODY, 500, 0, Kind.TRY_AGAIN);
      case 8 -> {
        finish();
        answer(Event.ANSWERED_PASSING_ERROR, 500, TIMEOUT_EXCEEDED, "late", Kind.TRY_AGAIN);
      }
      case 9 -> {
        finish();
        counts.add(Event.ANSWER_LOST_AFTER_APPLYING);
        flight.fail(new SocketException("reset"), Kind.TRY_AGAIN);
      }
      case 10 -> {
        finish();
        counts.add(Event.ANSWER_LOST_AFTER_APPLYING);
        flight.fail(new ClientProtocolException("garbage"), Kind.TRY_AGAIN);
      }
      case 11 -> {
        network.leaveBehind(flight);
        counts.add(Event.TIMED_OUT);
        flight.fail(new SocketTimeoutException("read"), Kind.TRY_AGAIN);
      }
      case 12 -> answerAndGoOn(429);
      case 13 -> strangerAfterBody(200);
      case 14 -> strangerAfterBody(204);
      case 15 -> {
        network.leaveBehind(flight);
        strangerAfterBody(200);
      }
      case 16 -> {
        finish();
        strangerAfterBody(202);
      }
      case 17 -> {
        network.leaveBehind(flight);
        strangerAfterBody(302);
      }
      default -> {
        counts.add(Event.ANSWERED_BY_STRANGER_AFTER_BODY);
        flight.answerOfClickHouse(200, "Code: 241", Kind.NOT_CLICKHOUSE);
      }
    }
  }

  /** Another proxy's answer, while ClickHouse goes on. */
  private void answerAndGoOn(int status) {
    network.leaveBehind(flight);
    boolean looksEarly = status == 503 || status == 429;
    answer(
        Event.ANSWERED_BY_PROXY_AFTER_BODY,
        status,
        0,
        "",
        looksEarly ? Kind.TOO_EARLY : Kind.TRY_AGAIN);
  }

  /** An error, after some parts were written. */
  private void stop(Event event, int status, int code, Kind expected) {
    if (flight.partsApplied > 0 && flight.partsApplied < flight.parts.size()) {
      counts.add(Event.PARTLY_APPLIED);
    }
    answer(event, status, code, code == 0 ? "" : "Code: " + code, expected);
  }

  private void finish() {
    if (server.isUp()) {
      server.apply(flight, Integer.MAX_VALUE);
    }
  }

  /** Takes a few bytes and breaks. */
  private static final class BrokenPipe extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new SocketException("broken pipe");
    }
  }
}
