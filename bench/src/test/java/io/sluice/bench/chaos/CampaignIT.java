package io.sluice.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bench.BenchStack;
import io.sluice.sandbox.config.StackOptions;
import io.sluice.sandbox.stack.Stack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short campaign; the published one is the same with more rounds. */
@Tag("campaign")
class CampaignIT {
  private static final int ROUNDS = 2;
  private static final int FAULTS_PER_ROUND = 6;

  @TempDir Path dir;

  @Test
  void everyRecordIsStoredOnceWhateverIsKilledAndCut() {
    StackOptions direct =
        StackOptions.onFreePorts()
            .withKafkaRetention(Duration.ofMinutes(15))
            .withProxyRate("30r/m")
            .withCheckpointInterval(Duration.ofSeconds(1));
    ChaosVerb options = new ChaosVerb();
    options.seed = 4195;
    options.rounds = ROUNDS;
    options.faultsPerRound = FAULTS_PER_ROUND;
    options.recordsPerSecond = 2_000;
    try (Network network = new Network(direct.ports());
        Stack stack = Stack.start(dir, direct.withLinks(network.links()))) {
      BenchStack bench = new BenchStack(stack, dir, System.err::println);
      ChaosResult result = new Campaign(bench, network, options).run(soFar -> {});

      assertThat(result.isClean()).as(result.summary()).isTrue();
      assertThat(result.rounds()).hasSize(ROUNDS);
      assertThat(result.rounds().get(ROUNDS - 1).stored()).isGreaterThan(50_000);
      // One step of a fault may fail while another fault reigns.
      assertThat(result.faultCount()).isGreaterThanOrEqualTo(ROUNDS * FAULTS_PER_ROUND - 2L);
      List<ChaosResult.FaultRecord> faults = result.faults();
      assertThat(faults).allMatch(fault -> fault.recoverySeconds() != null);
    }
  }
}
