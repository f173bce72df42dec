package io.sluice.ops.deadletters;

import static io.sluice.ops.deadletters.Letters.letter;
import static io.sluice.ops.deadletters.Letters.origin;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BacklogTableTest {
  private final Backlog backlog = new Backlog();

  @Test
  void reasonsThatDifferInNumbersAreOneLine() {
    backlog.add(letter(1, 10, "truncated: segment 0 has 184 bytes, 100 are there", 1_000));
    backlog.add(letter(2, 11, "truncated: segment 0 has 8 bytes, 0 are there", 61_000));
    backlog.add(letter(3, 12, "empty value", 2_000));
    backlog.add(new Receipt(origin(10), origin(50)));
    BacklogTable table = new BacklogTable(backlog, Selection.all());

    assertThat(table.byReason().lines())
        .hasSize(4)
        .last()
        .asString()
        .contains("segment N has N bytes", "1970-01-01T00:00:01Z", "1970-01-01T00:01:01Z")
        .containsPattern("\\|\\s+2 \\|\\s+1 \\|\\s+1 \\|\\s+0 \\|");
    assertThat(table.byOrigin().lines()).hasSize(3).last().asString().startsWith("| http_log-0 ");
    assertThat(table.counts())
        .containsEntry("letters", 3L)
        .containsEntry("waiting", 2L)
        .containsEntry("replayed", 1L);
  }

  @Test
  void anEmptyTopicHasNoTable() {
    assertThat(new BacklogTable(backlog, Selection.all()).byReason()).isEmpty();
  }
}
