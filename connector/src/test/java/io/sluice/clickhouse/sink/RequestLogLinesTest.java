package io.sluice.clickhouse.sink;

import static io.sluice.clickhouse.block.Blocks.block;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.http.Outcome;
import io.sluice.clickhouse.http.Outcome.Kind;
import io.sluice.clickhouse.send.Batch;
import io.sluice.clickhouse.send.RetryBackoff;
import io.sluice.clickhouse.send.SendQueue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestLogLinesTest {
  /** No other test that may run beside this one has so many. */
  private static final int LANE = 4_711;

  private static final Duration WINDOW = Duration.ofMillis(62_500);
  private static final String LOGGER = RequestLog.class.getName();

  private final Lines lines = new Lines();
  private final SendQueue queue = new SendQueue(1_000, () -> "token");
  private long nanos = 1;
  private final Gate gate =
      new Gate(queue, WINDOW, new RetryBackoff(WINDOW, new Random(1)), () -> nanos);
  private final RequestLog log = new RequestLog(LANE, gate, WINDOW, () -> nanos);

  /** What the lane under test says at WARN and above. */
  private static final class Lines extends AbstractAppender {
    private final List<String> said = new CopyOnWriteArrayList<>();

    Lines() {
      super("lines", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      String line = event.getLevel() + " " + event.getMessage().getFormattedMessage();
      if (event.getLevel().isMoreSpecificThan(Level.WARN) && line.contains("Lane " + LANE)) {
        said.add(line);
      }
    }
  }

  @BeforeEach
  void listen() {
    lines.start();
    // The simulation silences the package.
    Configurator.setLevel(LOGGER, Level.WARN);
    ((Logger) LogManager.getLogger(LOGGER)).addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    ((Logger) LogManager.getLogger(LOGGER)).removeAppender(lines);
    Configurator.setLevel(LOGGER, Level.OFF);
  }

  @Test
  void anEndless503IsSaidOnceAfterTwoWindowsAndThenEveryFiveMinutes() {
    Batch batch = offered();
    int attempts = 0;
    while (nanos < Duration.ofMinutes(11).toNanos()) {
      end(batch, new Outcome(Kind.TOO_EARLY, false, 503, 0, "HTTP 503"));
      attempts++;
      nanos += gate.untilOpen().toNanos();
    }

    assertThat(attempts).isGreaterThan(100);
    assertThat(lines.said).hasSize(2);
    assertThat(lines.said.get(0))
        .startsWith("WARN Lane 4711: nothing was stored for 12")
        .contains("the last with HTTP 503")
        .contains("Is the window, 62.5 s, shorter than the proxy's?");
    assertThat(lines.said.get(1)).startsWith("WARN Lane 4711: nothing was stored for 4");
  }

  @Test
  void aWindowThatWasNotOpenYetIsNotSaid() {
    Batch batch = offered();
    while (nanos < WINDOW.toNanos()) {
      end(batch, new Outcome(Kind.TOO_EARLY, false, 503, 0, "HTTP 503"));
      nanos += gate.untilOpen().toNanos();
    }
    end(batch, new Outcome(Kind.ACCEPTED, true, 200, 0, "HTTP 200"));

    assertThat(lines.said).isEmpty();
  }

  @Test
  void whatSomethingElseAnsweredIsAnErrorThatSaysWhereToLook() {
    end(offered(), new Outcome(Kind.NOT_CLICKHOUSE, true, 204, 0, "HTTP 204"));

    assertThat(lines.said).hasSize(1);
    assertThat(lines.said.get(0))
        .startsWith("ERROR Lane 4711: batch token, 10 rows, 100 bytes: this is not ClickHouse's")
        .contains("HTTP 204. Look at what listens at the endpoint");
  }

  private void end(Batch batch, Outcome outcome) {
    long started = nanos;
    offer();
    gate.settle(batch, outcome, started);
    log.settled(batch, false, outcome, started);
  }

  private Batch offered() {
    queue.add(block(100));
    Batch batch = queue.freeze(1).get(0);
    queue.checkpointCompleted(1);
    return batch;
  }

  private Optional<Batch> offer() {
    Optional<Batch> next = gate.next();
    next.ifPresent(queue::send);
    return next;
  }
}
