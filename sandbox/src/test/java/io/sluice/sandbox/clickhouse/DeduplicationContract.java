package io.sluice.sandbox.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.block.Block;
import io.sluice.clickhouse.http.InsertRequest;
import io.sluice.clickhouse.http.Outcome;
import io.sluice.clickhouse.send.Batch;
import io.sluice.sandbox.clickhouse.ClickHouseTarget.Contents;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Both directions of deduplication, on whatever server and engines: what is new is stored, however
 * equal it looks, and what is sent again is not. Requests are the job's own, to the last byte.
 */
public abstract class DeduplicationContract {
  private static final int ROWS = 5_000;
  private static final Pattern FROM_ROWS = Pattern.compile("FROM \\w+\\.http_log\\b");
  private static final Pattern VIEW_OF_ROWS =
      Pattern.compile("(?s)^CREATE MATERIALIZED VIEW.*" + FROM_ROWS);

  /** Two that the views cannot tell apart. */
  static final ViewedRows ONE = new ViewedRows("/one/", ROWS, 1);

  static final ViewedRows OTHER = new ViewedRows("/other/", ROWS, 1);

  protected abstract ClickHouseTarget target() throws Exception;

  protected abstract TablesDdl tables() throws Exception;

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
  void sumsEqualOutputOfTheViewsForTwoBatches() throws Exception {
    send("one", ONE.blocks());
    send("other", OTHER.blocks());

    assertThat(viewOutputs(ONE)).doesNotContain("").isEqualTo(viewOutputs(OTHER));
    assertStored(2 * ROWS);

    send("one", ONE.blocks());
    send("other", OTHER.blocks());
    assertStored(2 * ROWS);
  }

  @Test
  void dropsARepeatWithRowsOfSeveralPartitions() throws Exception {
    ViewedRows seven = new ViewedRows("/seven/", ROWS, 7);
    ViewedRows threeOfThem = new ViewedRows("/three/", ROWS, 3);

    send("seven", seven.blocks());
    send("three", threeOfThem.blocks());
    send("seven", seven.blocks());
    send("three", threeOfThem.blocks());

    assertStored(2 * ROWS);
    assertThat(target().sql("SELECT uniqExact(_partition_id) FROM " + rowsTable())).isEqualTo("7");
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
    List<InsertRequest> halves = new ArrayList<>();
    for (Batch half : new Batch(token, blocks).halves()) {
      halves.add(target().request(half.token(), half.blocks()));
    }
    return halves;
  }

  /** What the views of http_log make of one batch, by their own queries. */
  private List<String> viewOutputs(ViewedRows rows) throws Exception {
    String batch =
        "FROM (SELECT *, network FROM %s WHERE url LIKE '%s%%')".formatted(rowsTable(), rows.url());
    List<String> outputs = new ArrayList<>();
    for (String view : tables().statements()) {
      if (VIEW_OF_ROWS.matcher(view).find()) {
        String select = view.substring(view.indexOf("SELECT"));
        outputs.add(target().sql(FROM_ROWS.matcher(select).replaceFirst(batch) + " ORDER BY ALL"));
      }
    }
    assertThat(outputs).hasSize(5);
    return outputs;
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

  static void assertTotalsEqualRows(Contents contents) {
    assertThat(contents.differing()).as("differing of %s", contents).isEmpty();
  }
}
