package io.sluice.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PausedProcessTest {
  @Test
  @Timeout(30)
  void doesNotAnswerUntilItGoesOn() throws Exception {
    Process echo = new ProcessBuilder("cat").start();
    try (BufferedWriter in = echo.outputWriter();
        BufferedReader out = echo.inputReader()) {
      CompletableFuture<String> answer;
      try (PausedProcess paused = PausedProcess.pause(echo.toHandle())) {
        assertThat(paused.pid()).isEqualTo(echo.pid());
        in.write("hello\n");
        in.flush();
        answer = CompletableFuture.supplyAsync(() -> out.lines().findFirst().orElse("nothing"));
        assertThat(answer)
            .failsWithin(200, TimeUnit.MILLISECONDS)
            .withThrowableOfType(TimeoutException.class);
      }
      assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("hello");
    } finally {
      echo.destroyForcibly();
    }
  }
}
