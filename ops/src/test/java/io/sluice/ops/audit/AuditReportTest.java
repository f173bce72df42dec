package io.sluice.ops.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ops.Json;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditReportTest {
  private static final long DAY = 86_400_000;
  private static final long NOW = 20_000 * DAY;

  @Test
  void allThereOnceIsClean() {
    AuditReport report =
        report(ledger(traced(1, 100)), stored(100, new Stored.StoredRun(1, 100, 100, 99, 0)));

    assertThat(report.isClean()).isTrue();
    assertThat(report.exact()).isTrue();
    JsonNode json = Json.parse(Json.line(report));
    assertThat(json.path("clean").asBoolean()).isTrue();
    assertThat(json.path("bytes_stored").asLong()).isEqualTo(1_000);
  }

  @Test
  void lossAndRepetitionDoNotHideEachOther() {
    AuditReport report =
        report(ledger(traced(1, 100)), stored(100, new Stored.StoredRun(1, 100, 98, 99, 0)));

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
            LocalDate.EPOCH,
            List.of(new Stored.StoredRun(1, 100, 100, 99, 0)),
            1_000,
            List.of(level("one", 100, 100), level("other", 41, 40)));

    AuditReport report = report(ledger(traced(1, 100)), stored);

    assertThat(report.isClean()).isFalse();
    assertThat(report.totals()).isEqualTo(101);
    assertThat(report.bytesTotals()).isEqualTo(1_010);
  }

  @Test
  void totalsThatHaveWhatTheyKeepAreClean() {
    Stored stored =
        new Stored(
            LocalDate.EPOCH,
            List.of(new Stored.StoredRun(1, 100, 100, 99, 0)),
            1_000,
            List.of(level("one", 100, 100), level("of_three_days", 40, 40)));

    AuditReport report = report(ledger(traced(1, 100)), stored);

    assertThat(report.isClean()).isTrue();
    assertThat(report.totals()).isEqualTo(100);
  }

  @Test
  void bytesThatDifferAreNotClean() {
    Stored.StoredRun run = new Stored.StoredRun(1, 100, 100, 99, 0);
    StoredLevel level = new StoredLevel("one", "1970-01-01", 100, 1_000, 100, 999);

    assertThat(
            report(
                    ledger(traced(1, 100)),
                    new Stored(LocalDate.EPOCH, List.of(run), 999, List.of(level("one", 100, 100))))
                .isClean())
        .isFalse();
    assertThat(
            report(
                    ledger(traced(1, 100)),
                    new Stored(LocalDate.EPOCH, List.of(run), 1_000, List.of(level)))
                .isClean())
        .isFalse();
  }

  @Test
  void runsFromBeforeTheTimeThatTheTableKeepsAreNotLost() {
    Stored stored =
        new Stored(
            LocalDate.ofEpochDay(1),
            List.of(new Stored.StoredRun(1, 30, 30, 99, 0), new Stored.StoredRun(2, 9, 9, 8, 0)),
            390,
            List.of(level("one", 39, 39)));

    AuditReport report =
        report(ledger(started(1, 100, DAY - 1), started(2, 10, DAY), started(3, 5, 0)), stored);

    assertThat(report.expired()).isEqualTo(105);
    assertThat(report.lost()).isEqualTo(1);
    assertThat(report(ledger(started(1, 100, DAY - 1), started(2, 9, DAY)), stored).isClean())
        .isTrue();
  }

  @Test
  void saysWhatCouldNotBeCompared() {
    Stored stored =
        new Stored(
            LocalDate.ofEpochDay(1),
            List.of(new Stored.StoredRun(1, 30, 30, 99, 0)),
            300,
            List.of(
                level("for_good", 30, 30),
                new StoredLevel("minutes", "2026-11-28", 4, 40, 4, 40),
                new StoredLevel("others", "2026-11-28", 4, 40, 4, 40)));

    assertThat(report(ledger(started(1, 100, 0)), stored).spans())
        .containsExactly(
            "compared from 2026-11-28 on: minutes, others",
            "100 records are of runs that began before http_log's rows: not looked for");
  }

  @Test
  void rowsThatExpiredMayStillBeThereButNotTwice() {
    Stored stored =
        new Stored(
            LocalDate.ofEpochDay(1),
            List.of(new Stored.StoredRun(1, 31, 30, 99, 0)),
            310,
            List.of(level("one", 31, 31)));

    assertThat(report(ledger(started(1, 100, 0)), stored).duplicated()).isEqualTo(1);
  }

  @Test
  void recordsInDoubtMayBeThereOrNot() {
    ProducedRun run = new ProducedRun(1, 1, 98, 98, 0, 980, List.of(40L, 41L), true, true, NOW);

    AuditReport absent = report(ledger(run), stored(98, new Stored.StoredRun(1, 98, 98, 99, 0)));
    AuditReport there = report(ledger(run), stored(100, new Stored.StoredRun(1, 100, 100, 99, 2)));
    AuditReport lost = report(ledger(run), stored(98, new Stored.StoredRun(1, 98, 98, 99, 2)));

    assertThat(absent.isClean()).isTrue();
    assertThat(there.isClean()).isTrue();
    assertThat(lost.lost()).isEqualTo(2);
  }

  @Test
  void rowsThatNobodyProducedAreTold() {
    AuditReport otherRun =
        report(
            ledger(traced(1, 10)),
            stored(13, new Stored.StoredRun(1, 10, 10, 9, 0), new Stored.StoredRun(7, 3, 3, 2, 0)));
    AuditReport noId =
        report(
            ledger(traced(1, 10)),
            stored(11, new Stored.StoredRun(0, 1, 1, 0, 0), new Stored.StoredRun(1, 10, 10, 9, 0)));

    assertThat(otherRun.unexpected()).isEqualTo(3);
    assertThat(noId.unexpected()).isEqualTo(1);
    assertThat(noId.isClean()).isFalse();
  }

  @Test
  void withoutIdsOnlyCountsAreCompared() {
    ProducedRun run = new ProducedRun(1, 1, 10, 10, 0, 100, List.of(), false, true, NOW);

    AuditReport fewer = report(ledger(run), stored(8, new Stored.StoredRun(0, 8, 1, 0, 0)));
    AuditReport more = report(ledger(run), stored(11, new Stored.StoredRun(0, 11, 1, 0, 0)));

    assertThat(fewer.exact()).isFalse();
    assertThat(fewer.lost()).isEqualTo(2);
    assertThat(more.duplicated()).isEqualTo(1);
  }

  @Test
  void aProducerThatWasKilledLeavesTheAuditOpen() {
    ProducedRun killed = new ProducedRun(1, 1, 0, 0, 0, 0, List.of(), true, false, NOW);

    assertThat(report(ledger(killed), stored(0)).isClean()).isFalse();
  }

  @Test
  void ofAProducerThatGoesOnNewerRowsAreNotUnexpected() {
    ProducedRun sofar = new ProducedRun(1, 1, 10, 10, 0, 100, List.of(), true, false, NOW);

    AuditReport report = report(ledger(sofar), stored(12, new Stored.StoredRun(1, 12, 12, 11, 0)));

    assertThat(report.unexpected()).isZero();
    assertThat(report.lost()).isZero();
    assertThat(report.isClean()).isFalse();
  }

  @Test
  void theQueryNamesTheRecordsInDoubt() {
    ProducedRun run = new ProducedRun(3, 1, 1, 1, 0, 10, List.of(4L, 5L), true, true, NOW);

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
    return started(run, good, NOW);
  }

  private static ProducedRun started(int run, long good, long epochMilli) {
    return new ProducedRun(run, 1, good, good, 0, good * 10, List.of(), true, true, epochMilli);
  }

  private static Stored stored(long totals, Stored.StoredRun... runs) {
    long rows = Arrays.stream(runs).mapToLong(Stored.StoredRun::rows).sum();
    return new Stored(
        LocalDate.EPOCH, List.of(runs), rows * 10, List.of(level("one", totals, rows)));
  }

  private static StoredLevel level(String table, long requests, long rows) {
    return new StoredLevel(table, "1970-01-01", requests, requests * 10, rows, rows * 10);
  }
}
