package io.sluice.clickhouse.sink;

/** Unwinds the task thread of an attempt that is over, out of the call that it waits in. */
final class TaskDied extends Error {
  private static final long serialVersionUID = 1L;

  TaskDied() {
    super("the attempt is over", null, false, false);
  }
}
