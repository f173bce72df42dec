package io.sluice.clickhouse.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class IntakeTest {
  private final Intake intake = new Intake();

  @Test
  void givesASourceTheValveOfTheSinkInItsTask() {
    Valve ofAnotherLane = intake.open(1);
    Valve valve = intake.open(0);

    assertThat(intake.valve(0)).isSameAs(valve);
    assertThat(intake.valve(1)).isSameAs(ofAnotherLane);
  }

  @Test
  void aSinkThatRestartsHasANewValveWhateverTheOldOneStillCloses() {
    Valve old = intake.open(0);
    Valve valve = intake.open(0);
    intake.close(0, old);
    assertThat(intake.valve(0)).isSameAs(valve);

    intake.close(0, valve);
    assertRefused();
  }

  @Test
  void refusesASourceInAnotherTaskOfTheSameJvmAndSaysHowToChainIt() {
    ExecutorService otherTask = Executors.newSingleThreadExecutor();
    CompletableFuture.runAsync(() -> intake.open(0), otherTask).join();
    otherTask.shutdown();

    assertRefused();
  }

  private void assertRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> intake.valve(0))
        .withMessageStartingWith("Source and sink of lane 0 do not run in one task")
        .withMessageContaining("pipeline.operator-chaining.enabled");
  }
}
