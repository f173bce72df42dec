package io.sluice.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ops.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChaosResultTest {
  private static final ChaosResult.RoundResult CLEAN =
      new ChaosResult.RoundResult(1, 70, 2, 100, 100, 0, 0, 0, true);
  private static final ChaosResult.RoundResult DOUBLED =
      new ChaosResult.RoundResult(2, 70, 2, 200, 201, 0, 1, 0, false);

  @Test
  void isCleanOnlyIfEveryRoundWas() {
    assertThat(result(List.of(CLEAN)).isClean()).isTrue();
    assertThat(result(List.of(CLEAN, DOUBLED)).isClean()).isFalse();
    assertThat(result(List.of()).isClean()).isFalse();
  }

  @Test
  void countsNeitherWhatFailedNorTheMomentsWithoutAFault() {
    assertThat(result(List.of(CLEAN)).faultCount()).isEqualTo(2);
  }

  @Test
  void theTableHasTheRecoveryTimesOfEachKind() {
    assertThat(
            new ChaosReport(List.of(result(List.of(CLEAN))))
                .faultTable()
                .lines()
                .map(line -> line.replaceAll(" +", " ")))
        .contains(
            "| nothing | 1 | 3.0 | 3.0 | 3.0 |",
            "| kill kafka | 1 | 12.5 | 12.5 | 12.5 |",
            "| cut | 1 | ? | ? | ? |")
        .noneMatch(line -> line.contains("savepoint"));
  }

  @Test
  void aReportAddsCampaignsUp() {
    ChaosReport report =
        new ChaosReport(List.of(result(List.of(CLEAN)), result(List.of(CLEAN, DOUBLED))));

    assertThat(report.campaignTable().lines().map(line -> line.replaceAll(" +", " ")))
        .contains("| all | 3 | 4 | 2 | 300 | 14 | 4 | 2 | 2 | 4 | 0 | 1 | 0 |");
    assertThat(report.isClean()).isFalse();
  }

  @Test
  void aResultComesBackFromItsJson() {
    ChaosResult result = result(List.of(CLEAN, DOUBLED));

    assertThat(Json.parse(Json.line(result)).path("faults").size()).isEqualTo(4);
  }

  @Test
  void theSummaryNamesWhatWasFound() {
    assertThat(result(List.of(CLEAN, DOUBLED)).summary())
        .contains("seed 5", "30r/m", "2 rounds", "duplicated 1", "NOT CLEAN");
  }

  @Test
  void theJsonSaysWhetherItIsClean() {
    assertThat(Json.parse(Json.line(result(List.of(CLEAN)))).path("clean").asBoolean()).isTrue();
  }

  private static ChaosResult result(List<ChaosResult.RoundResult> rounds) {
    return new ChaosResult(
        5,
        "30r/m",
        2_000,
        70,
        new Requests(10, 7, 2, 1, 1),
        2,
        rounds,
        List.of(
            new ChaosResult.FaultRecord(1, FaultKind.NOTHING, null, true, 3.0),
            new ChaosResult.FaultRecord(1, FaultKind.KILL_KAFKA, null, true, 12.5),
            new ChaosResult.FaultRecord(1, FaultKind.CUT, Route.JOB_TO_KAFKA, true, null),
            new ChaosResult.FaultRecord(1, FaultKind.SAVEPOINT, null, false, 9.0)));
  }
}
