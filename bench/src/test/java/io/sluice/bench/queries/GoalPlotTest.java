package io.sluice.bench.queries;

import static io.sluice.bench.queries.Results.question;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bench.queries.Question.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.plot.CombinedRangeXYPlot;
import org.jfree.data.xy.XYDataset;
import org.junit.jupiter.api.Test;

class GoalPlotTest {
  private static final QueriesResult RESULT =
      Results.of(
          List.of(
              question(Kind.SERIES, "all", Span.HOUR, 10, null),
              question(Kind.SERIES, "network", Span.HOUR, 90, null),
              question(Kind.TOP, "network", Span.DAY, 900, null),
              question(Kind.SNAPSHOT, "network", Span.DAY, 20, 60L)),
          List.of(),
          null);

  @Test
  void whatReachesItsGoalIsToldFromWhatMissesItAndFromWhatASnapshotReaches() {
    assertThat(marks(0))
        .contains("reached at 10.0 in row 0", "missed at 90.0 in row 1")
        .contains("cold, one run at 20.0 in row 0", "on http_log itself at 90.0 in row 0");
    assertThat(marks(1))
        .contains("missed, but a snapshot reaches it at 900.0 in row 2")
        .contains("from a snapshot at 20.0 in row 2");
  }

  @Test
  void namesCombinationsAndCountsWhatIsReachedInEachRange() {
    assertThat(new GoalPlot(RESULT).svg())
        .contains(">Queries on 1,000 rows over 30 days<")
        .contains(">time series: all<", ">time series: network<", ">top 20: network<")
        .contains(">1 h, ms; reached: 1 of 2 series, 0 of 0 top 20<")
        .contains(">24 h, ms; reached: 0 of 0 series, 1 of 1 top 20<");
  }

  private static List<String> marks(int column) {
    CombinedRangeXYPlot columns = (CombinedRangeXYPlot) new GoalPlot(RESULT).chart().getPlot();
    XYDataset data = columns.getSubplots().get(column).getDataset();
    List<String> marks = new ArrayList<>();
    for (int series = 0; series < data.getSeriesCount(); series++) {
      for (int i = 0; i < data.getItemCount(series); i++) {
        marks.add(
            "%s at %s in row %.0f"
                .formatted(
                    data.getSeriesKey(series),
                    data.getXValue(series, i),
                    data.getYValue(series, i)));
      }
    }
    return marks;
  }
}
