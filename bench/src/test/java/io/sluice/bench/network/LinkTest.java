package io.sluice.bench.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LinkTest {
  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

  @Test
  void passesBytesBothWays() throws Exception {
    try (TestTarget target = TestTarget.echo();
        Link link = new Link(0, target.port(), "127.0.0.1")) {
      assertThat(TestClient.exchange(link.port(), HELLO)).isEqualTo(HELLO);
      await().until(() -> link.open() == 0);
    }
  }

  @Test
  void passesTheEndOfARequestWhileTheAnswerIsStillToCome() throws Exception {
    TestTarget.Service countsAllThenAnswers =
        socket -> {
          int length = socket.getInputStream().readAllBytes().length;
          socket.getOutputStream().write(("got " + length).getBytes(StandardCharsets.UTF_8));
        };
    try (TestTarget target = new TestTarget(countsAllThenAnswers);
        Link link = new Link(0, target.port(), "127.0.0.1")) {
      assertThat(TestClient.exchange(link.port(), HELLO)).asString().isEqualTo("got 5");
    }
  }

  @Test
  void passesTheEndOfAnAnswerWhileTheRequestStillComes() throws Exception {
    TestTarget.Service saysGoodbyeFirst =
        socket -> {
          socket.shutdownOutput();
          assertThat(socket.getInputStream().readAllBytes()).isEqualTo(HELLO);
        };
    try (TestTarget target = new TestTarget(saysGoodbyeFirst);
        Link link = new Link(0, target.port(), "127.0.0.1");
        TestClient client = new TestClient(link.port())) {
      assertThat(client.receiveAll()).isEmpty();
      client.send(HELLO);
      client.endRequest();

      await().until(() -> link.open() == 0);
      assertThat(target.failures()).isEmpty();
    }
  }

  @Test
  void passesTheResetOfAClient() throws Exception {
    try (TestTarget target = TestTarget.sink();
        Link link = new Link(0, target.port(), "127.0.0.1");
        TestClient client = new TestClient(link.port())) {
      client.send(HELLO);
      await().until(() -> target.received() == 5);
      client.reset();

      await().until(() -> !target.failures().isEmpty());
      assertThat(target.failures().get(0)).hasMessageContaining("reset");
    }
  }

  @Test
  void showsTheSourceAddressToTheTarget() throws Exception {
    try (TestTarget target = TestTarget.echo();
        Link link = new Link(0, target.port(), "127.0.0.2")) {
      assertThat(TestClient.exchange(link.port(), HELLO)).isEqualTo(HELLO);

      assertThat(target.sockets())
          .singleElement()
          .returns("127.0.0.2", s -> s.getInetAddress().getHostAddress());
    }
  }

  @Test
  void resetsAClientWhoseTargetRefuses() throws Exception {
    int nobody;
    try (ServerSocket closedAtOnce = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = closedAtOnce.getLocalPort();
    }
    try (Link link = new Link(0, nobody, "127.0.0.1");
        TestClient client = new TestClient(link.port())) {
      assertThatThrownBy(client::receiveAll).isInstanceOf(SocketException.class);
      await().until(() -> link.open() == 0);
    }
  }

  @Test
  void saysWhichPortIsTaken() throws Exception {
    try (TestTarget target = TestTarget.echo()) {
      assertThatThrownBy(() -> new Link(target.port(), 1, "127.0.0.1"))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("cannot listen on /127.0.0.1:" + target.port());
    }
  }

  @Test
  void carriesManyConnectionsAtOnce() throws Exception {
    try (TestTarget target = TestTarget.echo();
        Link link = new Link(0, target.port(), "127.0.0.1")) {
      List<TestClient> clients = new ArrayList<>();
      List<CompletableFuture<Void>> sent = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        TestClient client = new TestClient(link.port());
        clients.add(client);
        sent.add(client.sendAside(randomBytes(i)));
      }
      for (int i = 0; i < clients.size(); i++) {
        try (TestClient client = clients.get(i)) {
          assertThat(client.receiveAll()).isEqualTo(randomBytes(i));
        }
      }

      assertThat(sent).allSatisfy(CompletableFuture::join);
      await().until(() -> link.open() == 0);
    }
  }

  @Test
  void leavesNoThreadAndNoConnectionBehind() throws Exception {
    try (TestTarget target = TestTarget.echo()) {
      Link link = new Link(0, target.port(), "127.0.0.1");
      try (TestClient client = new TestClient(link.port())) {
        client.send("ping");
        assertThat(client.receive(4)).isEqualTo("ping");
        assertThat(threadNames()).contains("link-" + link.port());
        link.close();

        assertThat(threadNames()).doesNotContain("link-" + link.port());
        assertThatThrownBy(client::receiveAll).isInstanceOf(SocketException.class);
        assertThatThrownBy(() -> new TestClient(link.port())).hasMessageContaining("refused");
        await().until(() -> target.sockets().get(0).isClosed());
      }
      link.heal();
      link.close();
      assertThat(link.open()).isZero();
    }
  }

  private static byte[] randomBytes(int seed) {
    byte[] bytes = new byte[200_000];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static List<String> threadNames() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
  }
}
