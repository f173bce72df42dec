package io.sluice.bench.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bench.queries.DiskUse.TableUse;
import io.sluice.bench.queries.QueriesOptions.Part;
import io.sluice.bench.queries.Question.Kind;
import io.sluice.sandbox.config.Home;
import io.sluice.sandbox.config.Ports;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole benchmark on few rows: what it says of time means nothing, what it adds up does. */
@Tag("campaign")
class QueriesBenchIT {
  @TempDir Path dir;

  @Test
  void everyCombinationAnswersAsHttpLogDoes() {
    QueriesOptions options = QueriesOptions.quick(7, EnumSet.allOf(Part.class));
    QueriesBench bench =
        new QueriesBench(Home.find(), dir, Ports.free().clickhouse(), options, System.out::println);

    QueriesResult result = bench.run();

    assertThat(result.questions()).hasSize(3 * 16 + 3 * 15 + 2 * 15);
    assertThat(result.questions())
        .allSatisfy(
            each -> {
              assertThat(each.failure()).isNull();
              assertThat(each.answer().equal()).as(each.question().toString()).isTrue();
            });
    assertThat(result.questions())
        .filteredOn(each -> each.question().equals(new Question(Kind.SERIES, Set.of(), Span.MONTH)))
        .singleElement()
        .extracting(QuestionResult::answer)
        .satisfies(each -> assertThat(each.rowsRead()).isLessThan(each.rawRowsRead()));
    assertThat(result.disk().rawRows()).isEqualTo(options.rows());
    assertThat(result.disk().tables())
        .extracting(TableUse::table)
        .contains("http_log", "http_log_minute", "http_log_day");
    assertThat(result.inserts()).hasSize(2 * InsertVariant.values().length);
    assertThat(new QueriesReport(result).text()).contains("answers equal to http_log's");
  }
}
