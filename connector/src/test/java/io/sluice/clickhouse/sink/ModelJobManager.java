package io.sluice.clickhouse.sink;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;

/**
 * Flink's side of checkpoints: several may be pending, a completed one subsumes those before it, a
 * savepoint neither subsumes nor is restored after a crash nor is told of.
 */
final class ModelJobManager {
  private static final int MOST_PENDING = 2;
  private static final int MOST_RETAINED = 5;

  private final Event.Counts counts;
  private final List<ModelCheckpoint> pending = new ArrayList<>();
  private final Deque<ModelCheckpoint> retained = new ArrayDeque<>();
  private final Deque<Long> delayedNotifications = new ArrayDeque<>();
  private ModelCheckpoint recoverable = ModelCheckpoint.NONE;
  private long lastId;

  ModelJobManager(Event.Counts counts) {
    this.counts = counts;
  }

  /** What a crash restores: the latest completed checkpoint. */
  ModelCheckpoint recoverable() {
    return recoverable;
  }

  boolean mayTrigger() {
    return pending.size() < MOST_PENDING;
  }

  long nextId() {
    return ++lastId;
  }

  void triggered(ModelCheckpoint checkpoint) {
    counts.add(checkpoint.isSavepoint() ? Event.SAVEPOINT : Event.CHECKPOINT);
    pending.add(checkpoint);
  }

  /** Completes one of those pending, and returns what the task is told now. */
  OptionalLong complete(int choice) {
    if (pending.isEmpty()) {
      return OptionalLong.empty();
    }
    ModelCheckpoint completed = pending.remove(choice % pending.size());
    retain(completed);
    if (completed.isSavepoint()) {
      return OptionalLong.empty();
    }
    counts.add(Event.CHECKPOINT_COMPLETED);
    if (pending.removeIf(each -> !each.isSavepoint() && each.id() < completed.id())) {
      counts.add(Event.CHECKPOINT_SUBSUMED);
    }
    recoverable = completed;
    return switch ((choice >> 4) % 10) {
      case 0 -> {
        counts.add(Event.NOTIFICATION_LOST);
        yield OptionalLong.empty();
      }
      case 1, 2 -> {
        counts.add(Event.NOTIFICATION_DELAYED);
        delayedNotifications.add(completed.id());
        yield OptionalLong.empty();
      }
      default -> OptionalLong.of(completed.id());
    };
  }

  /** Completes the latest one; the task is to be told. */
  long completeLatest() {
    ModelCheckpoint latest = pending.get(pending.size() - 1);
    pending.clear();
    recoverable = latest;
    return latest.id();
  }

  void retain(ModelCheckpoint checkpoint) {
    retained.add(checkpoint);
    if (retained.size() > MOST_RETAINED) {
      retained.remove();
    }
  }

  void abort(int choice) {
    if (!pending.isEmpty()) {
      pending.remove(choice % pending.size());
      counts.add(Event.CHECKPOINT_ABORTED);
    }
  }

  /** Before the job is stopped; what has completed may still be told. */
  void abortAll() {
    pending.clear();
  }

  /** The task is told later, after what it is to be told before. */
  void tellLater(long id) {
    delayedNotifications.add(id);
  }

  /** It was not completed after all. */
  void forgetNotification(long id) {
    delayedNotifications.remove(id);
  }

  OptionalLong delayedNotification() {
    Long id = delayedNotifications.poll();
    return id == null ? OptionalLong.empty() : OptionalLong.of(id);
  }

  /** The task is gone, and with it what was under way to it or depended on it. */
  void taskDied() {
    pending.clear();
    delayedNotifications.clear();
  }

  /** Any of those that somebody could start a job from. */
  ModelCheckpoint anyRetained(int choice) {
    return retained.isEmpty()
        ? recoverable
        : retained.stream().skip(choice % retained.size()).findFirst().orElseThrow();
  }

  /** A new job starts from here and counts on from here. */
  void startFrom(ModelCheckpoint checkpoint) {
    recoverable = checkpoint;
    lastId = checkpoint.id();
  }
}
