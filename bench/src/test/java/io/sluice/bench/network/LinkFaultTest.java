package io.sluice.bench.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkFaultTest {
  private TestTarget target;
  private Link link;
  private TestClient client;

  @BeforeEach
  void connectThroughTheLink() throws IOException {
    target = TestTarget.echo();
    link = new Link(0, target.port(), "127.0.0.1");
    client = new TestClient(link.port());
    client.send("ping");
    assertThat(client.receive(4)).isEqualTo("ping");
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    link.close();
    target.close();
  }

  @Test
  void aCutResetsBothSidesAndRefusesNewConnections() {
    link.apply(LinkFault.CUT);

    assertThatThrownBy(() -> new TestClient(link.port())).isInstanceOf(ConnectException.class);
    assertThatThrownBy(client::receiveAll)
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
    await().until(() -> !target.failures().isEmpty());
    assertThat(target.failures().get(0)).hasMessageContaining("reset");
    assertThat(link.open()).isZero();
  }

  @Test
  void aCutLinkListensAgainOnItsPortWhenItHeals() throws Exception {
    int port = link.port();
    for (int i = 0; i < 10; i++) {
      link.apply(LinkFault.CUT);
      link.heal();
      assertThat(link.port()).isEqualTo(port);
      assertThat(exchange("again")).isEqualTo("again");
    }
  }

  @Test
  void aResetEndsPresentConnectionsOnlyAndOnBothSides() throws Exception {
    link.reset();

    assertThatThrownBy(client::receiveAll).isInstanceOf(SocketException.class);
    await().until(() -> !target.failures().isEmpty());
    assertThat(exchange("new")).isEqualTo("new");
  }

  @Test
  void aDelayHoldsUpBothDirections() throws Exception {
    link.apply(LinkFault.delay(Duration.ofMillis(60)));
    long start = System.nanoTime();
    client.send("late");

    assertThat(client.receive(4)).isEqualTo("late");
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(120), Duration.ofSeconds(20));
  }

  @Test
  void whatADelayHoldsGoesOnWhenTheLinkHeals() throws Exception {
    link.apply(LinkFault.delay(Duration.ofDays(1)));
    client.send("late");
    await().until(() -> link.heldBytes() == 4);
    link.heal();

    assertThat(client.receive(4)).isEqualTo("late");
  }

  @Test
  void aStallKeepsConnectionsOpenAndPassesNothing() throws Exception {
    link.apply(LinkFault.STALL);
    client.send("held");

    await().until(() -> link.heldBytes() == 4);
    assertThat(link.open()).isEqualTo(1);
    assertThat(target.received()).isEqualTo(4);
    link.heal();
    assertThat(client.receive(4)).isEqualTo("held");
  }

  @Test
  void aStalledLinkAcceptsConnectionsThatReachTheTargetWhenItHeals() throws Exception {
    link.apply(LinkFault.STALL);
    try (TestClient late = new TestClient(link.port())) {
      late.send("knock");
      await().until(() -> link.heldBytes() == 5);
      assertThat(target.sockets()).hasSize(1);
      link.heal();

      assertThat(late.receive(5)).isEqualTo("knock");
      assertThat(target.sockets()).hasSize(2);
    }
  }

  @Test
  void aStalledRequestArrivesThoughItsClientHasGivenUp() throws Exception {
    link.apply(LinkFault.STALL);
    client.send("orphan");
    await().until(() -> link.heldBytes() == 6);
    client.close();
    link.heal();

    await().until(() -> target.received() == "pingorphan".length());
  }

  @Test
  void aLinkThatLosesAnswersPassesTheRequestAndResetsTheClientAfterwards() throws Exception {
    link.apply(LinkFault.loseAnswers(0));
    client.send("work");

    assertThatThrownBy(client::receiveAll)
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
    assertThat(target.received()).isEqualTo("pingwork".length());
    await().until(() -> link.open() == 0);
    assertThat(target.failures()).as("the server ends in peace").isEmpty();
    link.heal();
    assertThat(exchange("again")).isEqualTo("again");
  }

  @Test
  void anAnswerToTheHeadOfARequestPassesThoughTheOneToItsBodyIsLost() throws Exception {
    link.apply(LinkFault.loseAnswers(10));

    assertThat(exchange("head")).isEqualTo("head");
    client.send("a body of more than that");
    assertThatThrownBy(client::receiveAll).isInstanceOf(SocketException.class);
  }

  @Test
  void aFaultTakesThePlaceOfTheOneBefore() throws Exception {
    link.apply(LinkFault.CUT);
    link.apply(LinkFault.delay(Duration.ZERO));

    assertThat(exchange("through")).isEqualTo("through");
  }

  @Test
  void aStalledLinkReadsNoMoreThanItMayHold() throws Exception {
    byte[] bytes = new byte[32 << 20];
    link.apply(LinkFault.STALL);
    CompletableFuture<Void> sent = client.sendAside(bytes);

    await().until(() -> link.heldBytes() >= Pipe.MAX_HELD_BYTES);
    assertThat(link.heldBytes()).isLessThan(Pipe.MAX_HELD_BYTES + (1 << 20));
    link.heal();
    assertThat(client.receiveAll()).hasSize(bytes.length);
    sent.join();
  }

  @Test
  void aLinkWhosePortWasTakenStaysCutUntilItIsFree() throws Exception {
    link.apply(LinkFault.CUT);
    try (ServerSocket taken = new ServerSocket(link.port(), 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(link::heal)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("cannot listen on /127.0.0.1:" + taken.getLocalPort());
    }
    link.heal();

    assertThat(exchange("free")).isEqualTo("free");
  }

  private String exchange(String text) throws IOException {
    try (TestClient another = new TestClient(link.port())) {
      another.send(text);
      return another.receive(text.length());
    }
  }
}
