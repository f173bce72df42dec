package io.sluice.clickhouse.sink;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * A simulation that cannot fail shows nothing: each rule is broken in turn, and must be missed. The
 * seed that docs/reliability.md names is tried first, and all others only if that one has become
 * another run.
 *
 * <p>Runs beside the other tests, since its classes are loaded apart from theirs.
 *
 * <pre>
 * mvn verify -pl connector -Dtest=MutationCheckTest -Dsluice.mutations.search=true
 *                                       the first seed, and its steps, for that document
 * </pre>
 */
@Execution(ExecutionMode.CONCURRENT)
class MutationCheckTest {
  private static final long SEEDS = 2_000;
  private static final boolean SEARCH = Boolean.getBoolean("sluice.mutations.search");
  private static final Path DOCUMENT = Path.of("..", "docs", "reliability.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|]+) \\| (\\d+) \\| ");
  private static final Queue<String> ROWS = new ConcurrentLinkedQueue<>();

  /** All of them, for the parameterized test. */
  static final Mutation[] MUTATIONS = Mutation.ALL;

  @ParameterizedTest
  @FieldSource("MUTATIONS")
  void catchesEveryBrokenRule(Mutation mutation, @TempDir Path directory) throws Exception {
    try (MutatedClasses broken = MutatedClasses.of(mutation, directory)) {
      if (SEARCH) {
        String caught = (String) broken.ofSeeds("firstFailure", 1, SEEDS);
        assertThat(caught).as("what caught a sink that " + mutation).isNotEmpty();
        ROWS.add("| %s | %s |".formatted(mutation, caught));
      } else {
        long seed = documentedSeeds().getOrDefault(mutation.rule(), 1L);
        assertThat(
                (boolean) broken.ofSeeds("fail", seed, 1)
                    || (boolean) broken.ofSeeds("fail", 1, SEEDS))
            .as("whether a sink is caught that " + mutation)
            .isTrue();
      }
    }
  }

  private static Map<String, Long> documentedSeeds() throws IOException {
    return ROW.matcher(Files.readString(DOCUMENT))
        .results()
        .collect(
            toMap(row -> row.group(1), row -> Long.parseLong(row.group(2)), (one, other) -> one));
  }

  @AfterAll
  static void print() {
    ROWS.forEach(System.out::println);
  }
}
