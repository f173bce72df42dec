package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.http.Outcome.Kind;
import io.sluice.clickhouse.http.VirtualTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ClassicHttpResponse;

/**
 * The way between the job and the server: the request that the job waits for, and those that
 * somebody still works on though the job gave them up.
 */
final class ModelNetwork implements VirtualTransport.Network {
  private final Simulation simulation;
  private final ModelProxy proxy;
  private final ModelServer server;
  private final Ledger ledger;
  private final Event.Counts counts;
  private final List<Flight> ghosts = new ArrayList<>();
  private Flight flight;

  ModelNetwork(
      Simulation simulation,
      ModelProxy proxy,
      ModelServer server,
      Ledger ledger,
      Event.Counts counts) {
    this.simulation = simulation;
    this.proxy = proxy;
    this.server = server;
    this.ledger = ledger;
    this.counts = counts;
  }

  boolean isBusy() {
    return flight != null;
  }

  List<Flight> ghosts() {
    return ghosts;
  }

  /** Runs the world on, step by step, until the request is over. */
  @Override
  public ClassicHttpResponse exchange(HttpPost post, Runnable onAnswer) throws IOException {
    ModelTask sender = simulation.task();
    Flight mine = new Flight(post, sender.requests().submittedAtNanos());
    counts.add(Event.REQUEST);
    if (ledger.wasSent(mine.token)) {
      counts.add(Event.RESEND);
    }
    orRemember(() -> ledger.offered(mine));
    orRemember(() -> sender.offered(mine));
    flight = mine;
    while (!mine.isOver()) {
      orRemember(simulation::step);
      if (!mine.isOver() && post.isCancelled()) {
        counts.add(Event.TIMED_OUT);
        giveUp(new InterruptedIOException("cancelled"));
      }
    }
    flight = null;
    if (simulation.task() == sender) {
      sender.ended(mine);
    }
    return mine.response(onAnswer);
  }

  /** The client's thread is the simulation's, and its code catches all that is thrown at it. */
  private void orRemember(Runnable check) {
    try {
      check.run();
    } catch (Violation violation) {
      simulation.failed(violation);
      throw violation;
    }
  }

  /** The client waits no longer; what has the body may go on. */
  private void giveUp(IOException why) {
    if (flight.body != null && flight.body.length == flight.length) {
      ghosts.add(flight);
    }
    flight.fail(why, Kind.TRY_AGAIN);
  }

  void taskDied() {
    if (flight != null && !flight.isOver()) {
      counts.add(Event.CRASH_WITH_REQUEST_UNDER_WAY);
      giveUp(new SocketException("task died"));
    }
  }

  /** The request reaches the proxy, unless it has. */
  void arrive() {
    if (flight == null || flight.isOver() || flight.admitted) {
      return;
    }
    if (!flight.asksFirst() && flight.body == null) {
      counts.add(Event.BODY_SENT_UNASKED);
      takeBody();
    }
    int status = proxy.judge(flight, simulation.time().nanoTime());
    switch (status) {
      case ModelProxy.ADMITTED -> admit(flight);
      case 417 -> {
        counts.add(Event.EXPECT_NOT_KNOWN);
        flight.answer(status, 0, "", Kind.TRY_AGAIN);
      }
      default -> turnedAway(status);
    }
  }

  private void turnedAway(int status) {
    boolean bySize = status == 413;
    counts.add(bySize ? Event.TURNED_AWAY_BY_SIZE : Event.TURNED_AWAY_BY_WINDOW);
    flight.answer(status, 0, "<html>no</html>", bySize ? Kind.TOO_LARGE : Kind.TOO_EARLY);
  }

  private void admit(Flight arrived) {
    if (arrived.body == null) {
      takeBody();
    }
    if (arrived.isOver()) {
      return;
    }
    arrived.admitted = true;
    arrived.parts = ModelServer.parts(arrived.body);
    if (arrived == flight && !server.isUp()) {
      counts.add(Event.ANSWERED_BY_PROXY_AFTER_BODY);
      flight.answer(502, 0, "", Kind.TRY_AGAIN);
    }
  }

  /** Some of the body comes out of the job. */
  void bodyBegins() {
    ledger.begun(flight);
  }

  /** The body comes out of the job. */
  void takeBody() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(flight.length);
    try {
      flight.post.getEntity().writeTo(out);
    } catch (IOException e) {
      throw new Violation(Invariant.NO_EXCEPTION, e);
    }
    flight.body = out.toByteArray();
    ledger.sent(flight, flight.body);
    simulation.task().sent(flight, flight.body);
  }

  void limitBody(long bytes) {
    proxy.limitBody(bytes);
  }

  /** ClickHouse writes some parts of the request. */
  void apply(int choice) {
    if (isAdmitted() && server.isUp()) {
      server.apply(flight, choice % 3 == 0 ? Integer.MAX_VALUE : 1);
    }
  }

  boolean isAdmitted() {
    return flight != null && flight.admitted && !flight.isOver();
  }

  /** The request gets to its good end, if the proxy lets it. */
  void answer() {
    arrive();
    if (isAdmitted() && server.isUp()) {
      server.apply(flight, Integer.MAX_VALUE);
      counts.add(Event.ACCEPTED);
      flight.answerOfClickHouse(200, "", Kind.ACCEPTED);
    }
  }

  void fault(int choice) {
    if (flight != null && !flight.isOver()) {
      new Fault(flight, this, server, counts).strike(choice);
    }
  }

  /** Nobody waits for this request any more, but its server works on. */
  void leaveBehind(Flight left) {
    ghosts.add(left);
  }

  /** A request that nobody waits for gets on, or is dropped. */
  void moveGhost(int choice) {
    if (ghosts.isEmpty()) {
      return;
    }
    Flight ghost = ghosts.get((choice >> 4) % ghosts.size());
    if (choice % 8 == 0) {
      drop(ghost);
    } else if (!ghost.admitted) {
      if (proxy.judge(ghost, simulation.time().nanoTime()) == ModelProxy.ADMITTED) {
        admit(ghost);
      } else {
        drop(ghost);
      }
    } else if (server.isUp()) {
      if (server.apply(ghost, choice % 8 < 4 ? 1 : Integer.MAX_VALUE)) {
        counts.add(Event.APPLIED_LATE);
      }
      if (ghost.partsApplied == ghost.parts.size()) {
        ghosts.remove(ghost);
      }
    }
  }

  private void drop(Flight ghost) {
    partlyApplied(ghost);
    ghosts.remove(ghost);
  }

  private void partlyApplied(Flight ended) {
    if (ended.partsApplied > 0 && ended.partsApplied < ended.parts.size()) {
      counts.add(Event.PARTLY_APPLIED);
    }
  }

  /** All that ClickHouse works on ends where it is. */
  void restartServer() {
    counts.add(Event.SERVER_RESTART);
    for (Flight ghost : List.copyOf(ghosts)) {
      if (ghost.partsApplied > 0) {
        drop(ghost);
      }
    }
    if (isAdmitted()) {
      counts.add(Event.SERVER_RESTART_WHILE_APPLYING);
      partlyApplied(flight);
      flight.answer(502, 0, "", Kind.TRY_AGAIN);
    }
  }

  /** The proxy forgets its window and cuts its connections; ClickHouse goes on. */
  void restartProxy(int choice) {
    counts.add(Event.PROXY_RESTART);
    proxy.restart(choice % 3 > 0);
    if (flight != null && !flight.isOver()) {
      giveUp(new SocketException("reset"));
    }
  }

  /** What a reader of a trace wants to know. */
  @Override
  public String toString() {
    String waitedFor =
        flight == null
            ? "no request"
            : "%s %s"
                .formatted(
                    flight.token,
                    flight.isOver()
                        ? "is " + flight.kind()
                        : flight.admitted
                            ? "has %d of %d parts"
                                .formatted(flight.partsApplied, flight.parts.size())
                            : "is under way");
    return waitedFor + (ghosts.isEmpty() ? "" : ", " + ghosts.size() + " given up");
  }

  /** What is still under way arrives at last. */
  void settleGhosts() {
    for (Flight ghost : ghosts) {
      if (!ghost.admitted) {
        admit(ghost);
      }
      server.apply(ghost, Integer.MAX_VALUE);
    }
    ghosts.clear();
  }
}
