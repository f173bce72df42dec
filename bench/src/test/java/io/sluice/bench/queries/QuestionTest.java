package io.sluice.bench.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bench.queries.Question.Kind;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QuestionTest {
  @Test
  void thereAre16CombinationsTheFirstOfNothing() {
    assertThat(Dimension.combinations()).hasSize(16).doesNotHaveDuplicates().startsWith(Set.of());
  }

  @Test
  void labelsNameDimensionsInTheirOrder() {
    assertThat(question(Set.of()).by()).isEqualTo("all");
    assertThat(question(Set.of(Dimension.NETWORK, Dimension.RESOURCE_ID)).by())
        .isEqualTo("resource_id, network");
  }

  private static Question question(Set<Dimension> dimensions) {
    return new Question(Kind.TOP, dimensions, Span.DAY);
  }
}
