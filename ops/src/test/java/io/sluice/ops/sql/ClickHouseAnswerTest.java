package io.sluice.ops.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClickHouseAnswerTest {
  private static boolean isSuccess(int status, Map<String, String> headers) {
    Map<String, List<String>> lists = new HashMap<>();
    headers.forEach((name, value) -> lists.put(name, List.of(value)));
    return ClickHouseAnswer.isSuccess(status, HttpHeaders.of(lists, (name, value) -> true));
  }

  @Test
  void aQueryWithAnIdOrASummaryWasCarriedOut() {
    assertThat(isSuccess(200, Map.of("X-ClickHouse-Query-Id", "0f3a"))).isTrue();
    assertThat(isSuccess(200, Map.of("X-ClickHouse-Summary", "{}"))).isTrue();
  }

  @Test
  void whatSomethingElseAnswersWasNot() {
    assertThat(isSuccess(200, Map.of())).isFalse();
    assertThat(isSuccess(200, Map.of("X-ClickHouse-Query-Id", ""))).isFalse();
    assertThat(isSuccess(204, Map.of("X-ClickHouse-Query-Id", "0f3a"))).isFalse();
  }

  @Test
  void whatHasAnErrorWasNot() {
    assertThat(
            isSuccess(
                200, Map.of("X-ClickHouse-Query-Id", "0f3a", "X-ClickHouse-Exception-Code", "241")))
        .isFalse();
  }
}
