package io.sluice.bench.chaos;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a campaign does to the pipeline. */
enum FaultKind {
  /** Nothing, as the measure for the recovery times of the others; not counted as a fault. */
  NOTHING,
  /** kill -9, and a start a little later. */
  KILL_TASKMANAGER,
  /** kill -9; its successor resumes the job from the newest retained checkpoint. */
  KILL_JOBMANAGER,
  KILL_CLICKHOUSE,
  /** kill -9 while the body of an insert is on its way to it, or just after. */
  KILL_CLICKHOUSE_MID_INSERT,
  KILL_PROXY,
  KILL_KAFKA,
  /** All five processes at once, as a power cut would. */
  KILL_ALL,
  /** SIGSTOP for a while, often past Flink's timeout: the dead comes back and goes on sending. */
  PAUSE_TASKMANAGER,
  PAUSE_CLICKHOUSE,
  /** Connections of one route are reset and new ones refused, for a while. */
  CUT,
  /** Connections of one route are reset, once. */
  RESET,
  /** Every chunk on one route is held up. */
  DELAY,
  /** One route swallows all bytes for a while, with its connections open, and brings them late. */
  STALL,
  /** Requests arrive and are served, their answers never come. */
  LOSE_ANSWERS,
  /** A savepoint while everything goes on. */
  SAVEPOINT,
  /** Stop with a savepoint and resume from it. */
  STOP_AND_RESUME,
  /** As before, with two lanes instead of one, or one instead of two. */
  STOP_AND_RESCALE;

  static List<FaultKind> faults() {
    return Arrays.stream(values()).filter(FaultKind::isFault).toList();
  }

  boolean isFault() {
    return this != NOTHING;
  }

  /** The routes that this kind is for; none if it is not for a route. */
  List<Route> routes() {
    return switch (this) {
      case CUT, RESET, DELAY, STALL -> List.of(Route.values());
      case LOSE_ANSWERS -> List.of(Route.JOB_TO_PROXY, Route.PROXY_TO_CLICKHOUSE);
      default -> List.of();
    };
  }

  /** The name for people: "kill clickhouse mid insert". */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
