package io.sluice.clickhouse.sink;

/** What may happen next in a simulation, and how often it does, as a share of all weights. */
enum Action {
  /** The source hands over rows, unless it is held back. */
  READ(26),
  /** A checkpoint's barrier passes the task. */
  TRIGGER(9),
  SAVEPOINT(1),
  /** A pending checkpoint completes; its notification arrives now, later or never. */
  COMPLETE(10),
  ABORT(1),
  /** An operator stops the job with a savepoint; it may fail while it stops. */
  STOP(2),
  /** A delayed notification arrives. */
  NOTIFY(3),
  /** The task thread gets to its mails. */
  MAIL(16),
  /** The request thread gets to its request. */
  START(18),
  PASS_TIME(14),
  /** The request reaches the proxy. */
  ARRIVE(6),
  /** ClickHouse writes the next part, or all of them. */
  APPLY(6),
  /** ClickHouse finishes, and its answer arrives. */
  ANSWER(8),
  /** The request ends in one of many bad ways. */
  FAULT(7),
  /** A request that the job has given up makes progress. */
  GHOST(4),
  /** ClickHouse restarts, stops or starts. */
  SERVER(3),
  /** The proxy restarts and forgets its window. */
  PROXY(1),
  /** The proxy's size limit changes. */
  SIZE_LIMIT(2),
  /** The task dies; the job restarts from the latest completed checkpoint. */
  CRASH(2),
  /** An operator stops the job and starts it from any retained checkpoint or savepoint. */
  RESTORE_RETAINED(1);

  private static final Action[] BY_WEIGHT = byWeight();

  private final int weight;

  Action(int weight) {
    this.weight = weight;
  }

  /** The action for a random number, by weight. */
  static Action of(int random) {
    return BY_WEIGHT[Math.floorMod(random, BY_WEIGHT.length)];
  }

  private static Action[] byWeight() {
    return java.util.Arrays.stream(values())
        .flatMap(action -> java.util.Collections.nCopies(action.weight, action).stream())
        .toArray(Action[]::new);
  }
}
