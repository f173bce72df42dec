package io.sluice.sandbox.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.block.Block;
import io.sluice.clickhouse.InsertRequest;
import io.sluice.clickhouse.Outcome;
import io.sluice.sandbox.clickhouse.ClickHouseTarget.Contents;
import io.sluice.sink.HalvedRequest;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Both directions of deduplication, on whatever server and engines: what is new is stored, however
 * equal it looks, and what is sent again is not. Requests are the job's own, to the last byte.
 */
abstract class DeduplicationContract {
  private static final int ROWS = 5_000;

  /** Two that the view cannot tell apart. */
  static final ViewedRows ONE = new ViewedRows("/one/", ROWS, 1);

  static final ViewedRows OTHER = new ViewedRows("/other/", ROWS, 1);

  abstract ClickHouseTarget target() throws Exception;

  abstract TablesDdl tables() throws Exception;

  @BeforeEach
  void emptyTables() throws Exception {
    target().createTablesAnew(tables());
  }

  @Test
  void storesEqualBatchesUnderDifferentTokens() throws Exception {
    List<Block> blocks = ONE.blocks();

    send("first", blocks);
    send("second", blocks);
    assertStored(2 * ROWS);

    send("first", blocks);
    send("second", blocks);
    assertStored(2 * ROWS);
  }

  @Test
  void sumsEqualViewOutputOfTwoBatches() throws Exception {
    send("one", ONE.blocks());
    send("other", OTHER.blocks());

    assertThat(viewOutput(ONE)).isNotEmpty().isEqualTo(viewOutput(OTHER));
    assertStored(2 * ROWS);

    send("one", ONE.blocks());
    send("other", OTHER.blocks());
    assertStored(2 * ROWS);
  }

  @Test
  void dropsARepeatWithRowsOfSeveralDays() throws Exception {
    ViewedRows week = new ViewedRows("/week/", ROWS, 7);
    ViewedRows partOfIt = new ViewedRows("/part/", ROWS, 3);

    send("week", week.blocks());
    send("part", partOfIt.blocks());
    send("week", week.blocks());
    send("part", partOfIt.blocks());

    assertStored(2 * ROWS);
    assertThat(target().sql("SELECT uniqExact(toDate(timestamp)) FROM " + rowsTable()))
        .isEqualTo("7");
  }

  @Test
  void dropsRepeatsAfterManyOtherRequests() throws Exception {
    int others = 30;
    send("one", ONE.blocks());
    send("other", OTHER.blocks());
    for (int i = 0; i < others; i++) {
      send("in-between-" + i, ONE.blocks());
    }

    send("one", ONE.blocks());
    send("other", OTHER.blocks());

    assertStored((2 + others) * ROWS);
  }

  @Test
  void storesTheHalvesOfATooLargeBatchOnceHoweverOftenTheyAreSent() throws Exception {
    for (int i = 0; i < 2; i++) {
      for (InsertRequest half : halves("whole")) {
        assertAccepted(target().send(half));
      }
    }

    assertStored(ROWS);
  }

  /** Why a batch that may have been applied is never split. */
  @Test
  void takesHalvesForNewThoughTheWholeIsStored() throws Exception {
    send("whole", ONE.smallBlocks());

    for (InsertRequest half : halves("whole")) {
      assertAccepted(target().send(half));
    }

    assertStored(2 * ROWS);
  }

  private List<InsertRequest> halves(String token) throws Exception {
    List<Block> blocks = ONE.smallBlocks();
    assertThat(blocks).hasSizeGreaterThan(2);
    return HalvedRequest.of(target().statement(), token, blocks);
  }

  /** What the view makes of one batch, by its own query. */
  private String viewOutput(ViewedRows rows) throws Exception {
    String view = tables().statements().get(3);
    String select = view.substring(view.indexOf("SELECT"));
    return target()
        .sql(
            select.replace("GROUP BY", "WHERE url LIKE '" + rows.url() + "%' GROUP BY")
                + " ORDER BY ALL");
  }

  private String rowsTable() throws Exception {
    return target().database() + ".http_log";
  }

  void send(String token, List<Block> blocks) throws Exception {
    assertAccepted(target().send(target().request(token, blocks)));
  }

  static void assertAccepted(Outcome outcome) {
    assertThat(outcome.kind()).as(outcome.detail()).isEqualTo(Outcome.Kind.ACCEPTED);
  }

  void assertStored(int rows) throws Exception {
    Contents contents = target().contents();
    assertThat(contents.rows()).as("rows of %s", contents).isEqualTo(rows);
    assertTotalsEqualRows(contents);
  }

  static void assertTotalsEqualRows(Contents contents) throws IOException {
    assertThat(contents.totalRequests()).as("totals of %s", contents).isEqualTo(contents.rows());
    assertThat(contents.totalBytes()).as("bytes of %s", contents).isEqualTo(contents.bytes());
  }
}
