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
import org.junit.jupiter.api.Test;

class RequestLogTest {
  private static final Duration WINDOW = Duration.ofSeconds(60);

  private final SendQueue queue = new SendQueue(1_000, () -> "token");
  private final Gate gate =
      new Gate(queue, WINDOW, new RetryBackoff(WINDOW, new Random(1)), () -> 1);
  private final RequestLog log = new RequestLog(3, gate, WINDOW, () -> 1);

  @Test
  void saysThatABlockCannotBeCutAndWhatTheProxyHasToTake() {
    queue.add(block(1_400));
    queue.freeze(1);
    queue.checkpointCompleted(1);

    assertThat(afterOffer(Kind.TOO_LARGE))
        .isEqualTo(
            "Lane 3: batch token, 10 rows, 1400 bytes: too large for the proxy, and cannot be cut:"
                + " it is one block; raise client_max_body_size to at least 1400 bytes; the others"
                + " go first, next attempt in 60000 ms, nothing is lost meanwhile");
  }

  @Test
  void saysThatABatchCannotBeCutSinceItMayBeStored() {
    queue.restore(new Batch("from-before", List.of(block(300), block(400))), false);

    assertThat(afterOffer(Kind.TOO_LARGE))
        .contains("cannot be cut: it may have been stored already; raise client_max_body_size")
        .contains("to at least 700 bytes")
        .doesNotContain("requests are cut");
  }

  @Test
  void saysWhatRequestsAreCutToWhenABatchWasHalved() {
    queue.add(block(400));
    queue.add(block(400));
    queue.freeze(1);
    queue.checkpointCompleted(1);

    assertThat(afterOffer(Kind.TOO_LARGE))
        .contains("it is halved, and requests are cut to 400 bytes from now on")
        .doesNotContain("cannot be cut");
  }

  @Test
  void saysWhyABatchWasRefusedAndThatOthersGoOn() {
    queue.restore(new Batch("from-before", List.of(block(300))), false);

    assertThat(afterOffer(Kind.REFUSED))
        .isEqualTo(
            "Lane 3: batch from-before, 10 rows, 300 bytes: refused, HTTP 404. Fix the server or the"
                + " settings; the others go first, next attempt in 60000 ms, nothing is lost"
                + " meanwhile");
  }

  @Test
  void saysHowLongTheLaneWaitsAfterAFailure() {
    queue.restore(new Batch("from-before", List.of(block(300))), false);

    assertThat(afterOffer(Kind.TOO_EARLY))
        .contains("before the window opened; next attempt in 500 ms");
  }

  private String afterOffer(Kind kind) {
    Batch batch = offer().orElseThrow();
    Outcome outcome = new Outcome(kind, false, 404, 0, "HTTP 404");
    gate.settle(batch, outcome, 1);
    return log.line(batch, false, outcome);
  }

  private Optional<Batch> offer() {
    Optional<Batch> next = gate.next();
    next.ifPresent(queue::send);
    return next;
  }
}
