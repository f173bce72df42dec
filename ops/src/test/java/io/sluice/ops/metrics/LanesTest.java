package io.sluice.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ops.flink.RunningTasks;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LanesTest {
  private static final String JOB = "0123456789abcdef0123456789abcdef";
  private static final List<String> GAUGES =
      List.of("unencodedRows", "openRows", "frozenRows", "requestsInDoubt");

  @Test
  void addsUpWhatAllLanesSay() {
    Lanes lanes = read(running(2, 1), series(0, 3), series(1, 4));

    assertThat(lanes.bufferedRows()).hasValue(21);
    assertThat(lanes.requestsInDoubt()).hasValue(7);
  }

  @Test
  void lanesThatHaveNothingHaveNothing() {
    Lanes lanes = read(running(2, 1), series(0, 0), series(1, 0));

    assertThat(lanes.bufferedRows()).hasValue(0);
    assertThat(lanes.requestsInDoubt()).hasValue(0);
  }

  @Test
  void aLaneThatIsBeingRestartedIsNotEmpty() {
    assertUnknown(read(running(2, 1), series(0, 0)), "1 of 2 lanes report unencodedRows");
    assertUnknown(
        read(Optional::empty, series(0, 0), series(1, 0)), "not all tasks of the job run");
  }

  @Test
  void aGaugeThatOneLaneDoesNotHaveYetIsNotZero() {
    String late = series(1, 0).replaceAll("(?m)^.*requestsInDoubt.*$", "");

    assertUnknown(read(running(2, 1), series(0, 0), late), "1 of 2 lanes report requestsInDoubt");
  }

  @Test
  void seriesOfAnotherJobDoNotCount() {
    String former = series(1, 5).replace(JOB, "f".repeat(32));

    assertUnknown(read(running(2, 1), series(0, 0), former), "1 of 2 lanes");
    assertThat(read(running(1, 1), series(0, 2), former).bufferedRows()).hasValue(6);
  }

  @Test
  void aRestartBetweenTheLooksMakesItUnknown() {
    Supplier<Optional<RunningTasks>> restarted =
        Stream.of(new RunningTasks(2, 1), new RunningTasks(2, 9)).map(Optional::of).iterator()
            ::next;

    assertUnknown(read(restarted, series(0, 0), series(1, 0)), "restarted in the meantime");
  }

  @Test
  void withoutMetricsNothingIsKnown() {
    Lanes lanes = Lanes.read(JOB, running(1, 1), Optional::empty);

    assertUnknown(lanes, "the job's metrics cannot be read");
  }

  private static void assertUnknown(Lanes lanes, String because) {
    assertThat(lanes.bufferedRows()).isEmpty();
    assertThat(lanes.requestsInDoubt()).isEmpty();
    assertThat(lanes.unknownBecause()).contains(because);
  }

  private static Supplier<Optional<RunningTasks>> running(int parallelism, long since) {
    return () -> Optional.of(new RunningTasks(parallelism, since));
  }

  private static Lanes read(Supplier<Optional<RunningTasks>> tasks, String... series) {
    JobMetrics metrics = new JobMetrics(PrometheusText.parse(String.join("\n", series)));
    return Lanes.read(JOB, tasks, () -> Optional.of(metrics));
  }

  /** As Flink's reporter writes all gauges of a lane. */
  private static String series(int lane, int value) {
    return GAUGES.stream()
        .map(
            gauge ->
                "flink_taskmanager_job_task_operator_sluice_%s{job_id=\"%s\",subtask_index=\"%d\",task_attempt_num=\"0\",} %d.0"
                    .formatted(gauge, JOB, lane, value))
        .collect(Collectors.joining("\n"));
  }
}
