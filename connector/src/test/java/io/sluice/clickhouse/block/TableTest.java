package io.sluice.clickhouse.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
  private static final Column<Row> NUMBER = Column.uint64("number", Row::number);

  @Test
  void namesTableAndColumnsAsSqlDoes() {
    assertThat(Row.TABLE.qualifiedName()).isEqualTo("db.samples");
    assertThat(Row.TABLE.columnNames()).containsExactly("time", "number", "small", "text", "more");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1st", "a b", "a.b", "a`b", "a;drop", "ä", "x\n"})
  void refusesNamesThatAreNotPlainIdentifiers(String name) {
    List<Column<Row>> columns = List.of(NUMBER);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Table<>(name, "t", columns, Row::arrivalEpochMilli))
        .withMessageStartingWith("database: '" + name + "'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Table<>("db", name, columns, Row::arrivalEpochMilli))
        .withMessageStartingWith("table: '" + name + "'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Column.uint64(name, Row::number))
        .withMessageStartingWith("column: '" + name + "'");
  }

  @Test
  void refusesNoColumnsAndTheSameColumnTwice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Table<>("db", "t", List.of(), Row::arrivalEpochMilli))
        .withMessageContaining("has none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Table<>("db", "t", List.of(NUMBER, NUMBER), Row::arrivalEpochMilli))
        .withMessageContaining("'number' is there twice");
  }
}
