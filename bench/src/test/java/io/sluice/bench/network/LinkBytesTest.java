package io.sluice.bench.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever a link does short of ending a connection, the bytes come out as they went in. */
class LinkBytesTest {
  enum Trouble {
    DELAY,
    STALL,
    HEAL
  }

  @Property(tries = 60)
  void bytesComeOutAsTheyWentIn(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 3_000_000) int length,
      @ForAll @Size(max = 12) List<Trouble> troubles)
      throws IOException {
    byte[] bytes = new byte[length];
    Random random = new Random(seed);
    random.nextBytes(bytes);
    try (TestTarget target = TestTarget.echo();
        Link link = new Link(0, target.port(), "127.0.0.1");
        TestClient client = new TestClient(link.port())) {
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(() -> sendInTrouble(client, link, bytes, troubles, random));

      assertThat(Arrays.equals(client.receiveAll(), bytes)).isTrue();
      sent.join();
    }
  }

  /** One trouble after each piece; a link holds more than is sent here, so this never blocks. */
  private static void sendInTrouble(
      TestClient client, Link link, byte[] bytes, List<Trouble> troubles, Random random) {
    try {
      int pieces = 0;
      for (int sent = 0; sent < bytes.length; ) {
        int piece = Math.min(bytes.length - sent, 1 + random.nextInt(200_000));
        client.send(Arrays.copyOfRange(bytes, sent, sent + piece));
        sent += piece;
        if (pieces < troubles.size()) {
          make(troubles.get(pieces++), link);
        }
      }
      client.endRequest();
      link.heal();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void make(Trouble trouble, Link link) {
    switch (trouble) {
      case DELAY -> link.apply(LinkFault.delay(Duration.ofMillis(2)));
      case STALL -> link.apply(LinkFault.STALL);
      case HEAL -> link.heal();
    }
  }
}
