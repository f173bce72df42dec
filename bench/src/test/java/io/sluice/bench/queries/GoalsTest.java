package io.sluice.bench.queries;

import static io.sluice.bench.queries.Results.insert;
import static io.sluice.bench.queries.Results.question;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bench.queries.DiskUse.TableUse;
import io.sluice.bench.queries.Question.Kind;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GoalsTest {
  @Test
  void theWorstCombinationDecidesForARange() {
    List<Goals.Goal> goals =
        goals(
            question(Kind.SERIES, "all", Span.HOUR, 30, null),
            question(Kind.SERIES, "network", Span.DAY, 30.1, null),
            question(Kind.SERIES, "all", Span.DAY, 5, null));

    assertThat(goals.get(0).reached()).isTrue();
    assertThat(goals.get(1).reached()).isFalse();
    assertThat(goals.get(1).measured()).isEqualTo("1 of 2, worst 30.1 ms (network)");
  }

  @Test
  void aSnapshotStandsInForTheLiveAnswerIfItIsYoungerThanAnHour() {
    QuestionResult live = question(Kind.TOP, "network", Span.MONTH, 900, null);

    assertThat(goals(live).get(0).reached()).isFalse();
    assertThat(goals(live, question(Kind.SNAPSHOT, "network", Span.MONTH, 7, 3_600L)).get(0))
        .matches(Goals.Goal::reached);
    assertThat(goals(live, question(Kind.SNAPSHOT, "network", Span.MONTH, 7, 3_601L)).get(0))
        .matches(goal -> !goal.reached());
  }

  @Test
  void anAnswerThatWasRefusedMissesItsGoal() {
    Question question = new Question(Kind.SERIES, Set.of(), Span.HOUR);

    List<Goals.Goal> goals = goals(new QuestionResult(question, null, null, "Code: 241"));

    assertThat(goals).hasSize(2).noneMatch(Goals.Goal::reached);
  }

  @Test
  void insertsAreHeldAgainstTheCube() {
    assertThat(inserts(700_000, 710_000).reached()).isTrue();
    assertThat(inserts(699_000, 710_000).reached()).isFalse();
    assertThat(inserts(500_000, 490_000).reached()).isTrue();
  }

  @Test
  void extraDiskIsAllButTheRowsThemselves() {
    TableUse raw = new TableUse("http_log", 100, 2_000, 1);
    TableUse totals = new TableUse("http_log_day", 60, 900, 1);

    Goals.Goal goal =
        Goals.of(Results.of(List.of(), List.of(), new DiskUse(100, List.of(raw, totals), 101)))
            .get(0);

    assertThat(goal.measured()).isEqualTo("10.01 B");
    assertThat(goal.reached()).isFalse();
  }

  private static Goals.Goal inserts(long views, long cube) {
    return Goals.of(
            Results.of(
                List.of(),
                List.of(insert(InsertVariant.ALL_VIEWS, views), insert(InsertVariant.CUBE, cube)),
                null))
        .get(0);
  }

  private static List<Goals.Goal> goals(QuestionResult... questions) {
    return Goals.of(Results.of(List.of(questions), List.of(), null));
  }
}
