package io.sluice.bench.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LinkTriggerTest {
  private static final byte[] LARGE = new byte[8_000_000];

  @Test
  void firesInTheMiddleOfARequestWhichStandsStillMeanwhile() throws Exception {
    CompletableFuture<Void> looked = new CompletableFuture<>();
    try (TestTarget target = TestTarget.sink();
        Link link = new Link(0, target.port(), "127.0.0.1");
        TestClient client = new TestClient(link.port())) {
      link.onRequestBytes(3_000_000, looked::join);
      CompletableFuture<Void> sent = client.sendAside(LARGE);

      await().until(() -> target.received() == 3_000_000);
      looked.complete(null);
      sent.join();
      await().until(() -> target.received() == LARGE.length);
    }
  }

  @Test
  void anActionThatEndsTheServerLeavesTheRequestIncomplete() throws Exception {
    try (TestTarget target = TestTarget.sink();
        Link link = new Link(0, target.port(), "127.0.0.1");
        TestClient client = new TestClient(link.port())) {
      link.onRequestBytes(
          2_000_000,
          () -> {
            await().until(() -> target.received() > 0);
            close(target);
          });
      CompletableFuture<Void> sent = client.sendAside(LARGE);

      await().until(() -> sent.isDone() && link.open() == 0);
      assertThat(target.received()).isLessThan(LARGE.length);
    }
  }

  @Test
  void firesOnceAndCountsAnewAfterEachAnswer() throws Exception {
    AtomicInteger fired = new AtomicInteger();
    try (TestTarget target = TestTarget.echo();
        Link link = new Link(0, target.port(), "127.0.0.1");
        TestClient client = new TestClient(link.port())) {
      link.onRequestBytes(5, fired::incrementAndGet);
      for (int i = 0; i < 4; i++) {
        client.send("four");
        assertThat(client.receive(4)).isEqualTo("four");
      }
      assertThat(fired).hasValue(0);

      client.send("fives");
      assertThat(client.receive(5)).isEqualTo("fives");
      await().until(() -> fired.get() == 1);
      client.send("more than five");
      assertThat(client.receive(14)).isEqualTo("more than five");
      assertThat(fired).hasValue(1);
    }
  }

  @Test
  void forgetsACancelledAndAReplacedAction() throws Exception {
    AtomicInteger replaced = new AtomicInteger();
    CompletableFuture<Void> second = new CompletableFuture<>();
    try (TestTarget target = TestTarget.echo();
        Link link = new Link(0, target.port(), "127.0.0.1");
        TestClient client = new TestClient(link.port())) {
      link.onRequestBytes(1, replaced::incrementAndGet);
      link.cancelTrigger();
      client.send("ping");
      assertThat(client.receive(4)).isEqualTo("ping");
      link.onRequestBytes(1, replaced::incrementAndGet);
      link.onRequestBytes(2, () -> second.complete(null));
      client.send("ping");

      assertThat(client.receive(4)).isEqualTo("ping");
      second.join();
      assertThat(replaced).hasValue(0);
    }
  }

  @Test
  void anActionMayUseTheLink() throws Exception {
    try (TestTarget target = TestTarget.echo();
        Link link = new Link(0, target.port(), "127.0.0.1");
        TestClient client = new TestClient(link.port())) {
      link.onRequestBytes(4, () -> link.apply(LinkFault.CUT));
      client.send("ping");

      assertThatThrownBy(client::receiveAll).hasMessageContaining("reset");
    }
  }

  private static void close(TestTarget target) {
    try {
      target.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
