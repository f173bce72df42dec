package io.sluice.bench.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.channels.Selector;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CommandQueueTest {
  private final AtomicInteger ran = new AtomicInteger();

  @Test
  void doesNothingOnceTheLoopHasEnded() throws IOException {
    try (Selector selector = Selector.open()) {
      CommandQueue commands = new CommandQueue(selector);
      commands.close();
      commands.now(ran::incrementAndGet);

      assertThat(ran).hasValue(0);
    }
  }

  @Test
  void tellsWhoseWorkRanJustBeforeTheLoopFailed() throws IOException {
    try (Selector selector = Selector.open()) {
      CommandQueue commands = new CommandQueue(selector);
      CompletableFuture<Void> waiting =
          CompletableFuture.runAsync(() -> commands.now(ran::incrementAndGet));
      await().until(commands::runAll);
      commands.fail(new IllegalArgumentException("out of sockets"));
      commands.close();

      assertThatThrownBy(waiting::join).hasRootCauseMessage("out of sockets");
      assertThat(ran).hasValue(1);
    }
  }

  @Test
  void saysThatTheLoopHasFailed() throws IOException {
    try (Selector selector = Selector.open()) {
      CommandQueue commands = new CommandQueue(selector);
      commands.fail(new IllegalArgumentException("out of sockets"));
      commands.close();

      assertThatThrownBy(() -> commands.now(ran::incrementAndGet))
          .hasMessage("the link has failed")
          .hasRootCauseMessage("out of sockets");
      assertThat(ran).hasValue(0);
    }
  }
}
