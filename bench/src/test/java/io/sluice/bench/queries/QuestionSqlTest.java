package io.sluice.bench.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bench.queries.Question.Kind;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QuestionSqlTest {
  private static final Span.Window WINDOW = new Span.Window(1_700_000_040, 1_700_003_640);
  private static final Set<Dimension> RESOURCE = Set.of(Dimension.RESOURCE_ID);
  private static final Set<Dimension> GROUPS = Set.of(Dimension.NETWORK, Dimension.RESOURCE_ID);

  @Test
  void aTimeSeriesFiltersAndLetsTheViewChooseTheStep() {
    QuestionSql sql = new QuestionSql(new Question(Kind.SERIES, RESOURCE, Span.MONTH));

    assertThat(sql.asked(WINDOW, Map.of(Dimension.RESOURCE_ID, "17")))
        .isEqualTo(
            "SELECT time, sum(requests) AS total_requests, sum(bytes_sent) AS total_bytes"
                + " FROM logs.traffic(from = '1700000040', to = '1700003640', step = 'auto',"
                + " by = 'resource_id') WHERE resource_id = 17 GROUP BY time ORDER BY time");
  }

  @Test
  void theRawQueryReadsWhatTheViewWidensTheRangeTo() {
    QuestionSql sql = new QuestionSql(new Question(Kind.SERIES, RESOURCE, Span.MONTH));

    assertThat(sql.raw(WINDOW, Map.of(Dimension.RESOURCE_ID, "17")))
        .isEqualTo(
            "SELECT toStartOfHour(timestamp) AS time, count() AS total_requests,"
                + " sum(bytes_sent) AS total_bytes FROM logs.http_log"
                + " WHERE timestamp >= toDateTime(1699999200, 'UTC')"
                + " AND timestamp < toDateTime(1700006400, 'UTC')"
                + " AND resource_id = 17 GROUP BY time ORDER BY time");
  }

  @Test
  void theBusiestAreInOneOrderEvenWhereTheyAreEquallyBusy() {
    QuestionSql sql = new QuestionSql(new Question(Kind.TOP, GROUPS, Span.DAY));

    assertThat(sql.asked(WINDOW, Map.of()))
        .contains("step = 'hour', by = 'resource_id,network')")
        .endsWith(
            " GROUP BY resource_id, network"
                + " ORDER BY total_requests DESC, resource_id, network LIMIT 20");
  }

  @Test
  void aSnapshotIsReadAsItIs() {
    QuestionSql sql = new QuestionSql(new Question(Kind.SNAPSHOT, GROUPS, Span.DAY));

    assertThat(sql.asked(WINDOW, Map.of()))
        .contains("logs.traffic_top(range = '24h', by = 'resource_id,network')")
        .doesNotContain("GROUP BY");
    assertThat(sql.raw(WINDOW, Map.of()))
        .contains("timestamp >= toDateTime(1700000040, 'UTC')")
        .contains("timestamp < toDateTime(1700003640, 'UTC')");
  }
}
