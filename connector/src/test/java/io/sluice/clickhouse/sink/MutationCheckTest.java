package io.sluice.clickhouse.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * A simulation that cannot fail shows nothing: each rule is broken in turn, and must be missed.
 *
 * <p>Runs beside the other tests: its classes are loaded apart from theirs, and it takes a minute.
 */
@Execution(ExecutionMode.CONCURRENT)
class MutationCheckTest {
  private static final long SEEDS = 2_000;
  private static final Queue<String> ROWS = new ConcurrentLinkedQueue<>();

  /** All of them, for the parameterized test. */
  static final Mutation[] MUTATIONS = Mutation.ALL;

  @ParameterizedTest
  @FieldSource("MUTATIONS")
  void catchesEveryBrokenRule(Mutation mutation, @TempDir Path directory) throws Exception {
    String caught;
    try (MutatedClasses broken = MutatedClasses.of(mutation, directory)) {
      caught =
          (String)
              broken
                  .loadClass(SimulatedSeeds.class.getName())
                  .getMethod("firstFailure", long.class, long.class)
                  .invoke(null, 1L, SEEDS);
    }
    assertThat(caught).as("what caught a sink that " + mutation).isNotEmpty();
    ROWS.add("%-55s %s".formatted(mutation, caught));
  }

  @AfterAll
  static void print() {
    System.out.printf("%-55s %6s  %-28s %s%n", "broken rule", "seed", "caught by", "steps, shrunk");
    ROWS.forEach(System.out::println);
  }
}
