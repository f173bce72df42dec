package io.sluice.bench.queries;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;

/**
 * All that was measured; null or empty what was not.
 *
 * @param load null if the data set was there already
 * @param coldFromDisk whether cold runs read from the disk, not from the operating system's memory
 * @param snapshotSeconds that each snapshot took to be taken
 * @param busyRowsPerSecond inserted during the busy runs
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record QueriesResult(
    Machine machine,
    DataSet dataSet,
    LoadResult load,
    DiskUse disk,
    boolean coldFromDisk,
    Map<String, Double> snapshotSeconds,
    List<QuestionResult> questions,
    long busyRowsPerSecond,
    List<InsertResult> inserts) {
  public QueriesResult {
    snapshotSeconds = Map.copyOf(snapshotSeconds);
    questions = List.copyOf(questions);
    inserts = List.copyOf(inserts);
  }

  /** The promises that this measurement says something about. */
  public List<Goal> goals() {
    return Goals.of(this);
  }

  /** For people. */
  public String report() {
    return new QueriesReport(this).text();
  }

  /** The picture, as SVG. */
  public String svg() {
    return new GoalPlot(this).svg();
  }
}
