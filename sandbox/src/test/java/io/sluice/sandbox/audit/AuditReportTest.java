package io.sluice.sandbox.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.sandbox.Json;
import io.sluice.sandbox.produce.Ledger;
import io.sluice.sandbox.produce.ProducedRun;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditReportTest {
  @Test
  void allThereOnceIsClean() {
    AuditReport report =
        report(ledger(traced(1, 100)), stored(100, new StoredRun(1, 100, 100, 99, 0)));

    assertThat(report.isClean()).isTrue();
    assertThat(report.exact()).isTrue();
    JsonNode json = Json.parse(Json.line(report));
    assertThat(json.path("clean").asBoolean()).isTrue();
    assertThat(json.path("bytes_stored").asLong()).isEqualTo(1_000);
  }

  @Test
  void lossAndRepetitionDoNotHideEachOther() {
    AuditReport report =
        report(ledger(traced(1, 100)), stored(100, new StoredRun(1, 100, 98, 99, 0)));

    assertThat(report.lost()).isEqualTo(2);
    assertThat(report.duplicated()).isEqualTo(2);
    assertThat(report.isClean()).isFalse();
  }

  @Test
  void aRunThatNeverArrivedIsLost() {
    assertThat(report(ledger(traced(1, 100)), stored(0)).lost()).isEqualTo(100);
  }

  @Test
  void totalsThatDifferFromTheTableAreNotClean() {
    Stored stored =
        new Stored(
            List.of(new StoredRun(1, 100, 100, 99, 0)), 1_000, levels(100, 1_000, 101, 1_000));

    assertThat(AuditReport.of(ledger(traced(1, 100)), stored).isClean()).isFalse();
  }

  @Test
  void bytesThatDifferAreNotClean() {
    Stored stored =
        new Stored(List.of(new StoredRun(1, 100, 100, 99, 0)), 999, levels(100, 999, 100, 999));

    assertThat(AuditReport.of(ledger(traced(1, 100)), stored).isClean()).isFalse();
  }

  @Test
  void recordsInDoubtMayBeThereOrNot() {
    ProducedRun run = new ProducedRun(1, 1, 98, 98, 0, 980, List.of(40L, 41L), true, true);

    AuditReport absent = report(ledger(run), stored(98, new StoredRun(1, 98, 98, 99, 0)));
    AuditReport there = report(ledger(run), stored(100, new StoredRun(1, 100, 100, 99, 2)));
    AuditReport lost = report(ledger(run), stored(98, new StoredRun(1, 98, 98, 99, 2)));

    assertThat(absent.isClean()).isTrue();
    assertThat(there.isClean()).isTrue();
    assertThat(lost.lost()).isEqualTo(2);
  }

  @Test
  void rowsThatNobodyProducedAreTold() {
    AuditReport otherRun =
        report(
            ledger(traced(1, 10)),
            stored(13, new StoredRun(1, 10, 10, 9, 0), new StoredRun(7, 3, 3, 2, 0)));
    AuditReport noId =
        report(
            ledger(traced(1, 10)),
            stored(11, new StoredRun(0, 1, 1, 0, 0), new StoredRun(1, 10, 10, 9, 0)));

    assertThat(otherRun.unexpected()).isEqualTo(3);
    assertThat(noId.unexpected()).isEqualTo(1);
    assertThat(noId.isClean()).isFalse();
  }

  @Test
  void withoutIdsOnlyCountsAreCompared() {
    ProducedRun run = new ProducedRun(1, 1, 10, 10, 0, 100, List.of(), false, true);

    AuditReport fewer = report(ledger(run), stored(8, new StoredRun(0, 8, 1, 0, 0)));
    AuditReport more = report(ledger(run), stored(11, new StoredRun(0, 11, 1, 0, 0)));

    assertThat(fewer.exact()).isFalse();
    assertThat(fewer.lost()).isEqualTo(2);
    assertThat(more.duplicated()).isEqualTo(1);
  }

  @Test
  void aProducerThatWasKilledLeavesTheAuditOpen() {
    ProducedRun killed = new ProducedRun(1, 1, 0, 0, 0, 0, List.of(), true, false);

    assertThat(report(ledger(killed), stored(0)).isClean()).isFalse();
  }

  @Test
  void ofAProducerThatGoesOnNewerRowsAreNotUnexpected() {
    ProducedRun sofar = new ProducedRun(1, 1, 10, 10, 0, 100, List.of(), true, false);

    AuditReport report = report(ledger(sofar), stored(12, new StoredRun(1, 12, 12, 11, 0)));

    assertThat(report.unexpected()).isZero();
    assertThat(report.lost()).isZero();
    assertThat(report.isClean()).isFalse();
  }

  @Test
  void theQueryNamesTheRecordsInDoubt() {
    ProducedRun run = new ProducedRun(3, 1, 1, 1, 0, 10, List.of(4L, 5L), true, true);

    assertThat(Audit.runsQuery(ledger(run))).contains("(run = 3 AND record IN (4, 5))");
    assertThat(Audit.runsQuery(ledger())).contains("groupBitmapIf(record, 0)");
  }

  private static AuditReport report(Ledger ledger, Stored stored) {
    return AuditReport.of(ledger, stored);
  }

  private static Ledger ledger(ProducedRun... runs) {
    return new Ledger(List.of(runs));
  }

  /** Ten bytes each. */
  private static ProducedRun traced(int run, long good) {
    return new ProducedRun(run, 1, good, good, 0, good * 10, List.of(), true, true);
  }

  private static Stored stored(long totals, StoredRun... runs) {
    long rows = Arrays.stream(runs).mapToLong(StoredRun::rows).sum();
    return new Stored(List.of(runs), rows * 10, levels(totals, totals * 10, totals, totals * 10));
  }

  private static List<StoredLevel> levels(long one, long oneBytes, long other, long otherBytes) {
    return List.of(
        new StoredLevel("one", one, oneBytes), new StoredLevel("other", other, otherBytes));
  }
}
