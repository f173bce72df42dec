package io.sluice.sandbox.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.config.StackOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobArgumentsTest {
  @Test
  void theWindowFollowsFromTheProxy() {
    assertThat(JobArguments.of(StackOptions.defaults(), List.of()))
        .containsSequence("--proxy.window", "62.5s")
        .containsSequence("--clickhouse.endpoints", "http://127.0.0.1:8124")
        .containsSequence("--request.max-bytes", "1047552");
  }

  @Test
  void whatTheUserSaysWins() {
    List<String> arguments =
        JobArguments.of(
            StackOptions.defaults(), List.of("--kafka.group", "mine", "--new.key", "1"));

    assertThat(arguments)
        .containsSequence("--kafka.group", "mine")
        .containsSequence("--new.key", "1")
        .doesNotContain("sluice")
        .containsOnlyOnce("--kafka.group");
  }

  @Test
  void aResumedJobKeepsWhatIsNotChanged() {
    assertThat(
            JobArguments.with(
                List.of("--kafka.group", "mine", "--clickhouse.password", "old"),
                List.of("--clickhouse.password", "")))
        .containsExactly("--kafka.group", "mine", "--clickhouse.password", "");
  }
}
