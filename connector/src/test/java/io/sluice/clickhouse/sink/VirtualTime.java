package io.sluice.clickhouse.sink;

import java.time.Duration;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;

/** A clock that stands until told to go on, with timers that belong to one attempt of a task. */
final class VirtualTime {
  private static final long START_EPOCH_MILLI = 1_790_000_000_000L;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private long nanos;
  private long timersMade;

  /**
   * @param startNanos of the monotonic clock, whose milliseconds turn at other moments than those
   *     of the time of day
   */
  VirtualTime(long startNanos) {
    this.nanos = startNanos;
  }

  long nanoTime() {
    return nanos;
  }

  long epochMilli() {
    return START_EPOCH_MILLI + nanos / NANOS_PER_MILLI;
  }

  /** Goes on, and starts what is due. */
  void pass(Duration duration) {
    nanos += duration.toNanos();
    for (Timer first = timers.peek();
        first != null && first.dueNanos <= nanos;
        first = timers.peek()) {
      timers.poll();
      if (!first.cancelled) {
        first.done = true;
        first.action.run();
      }
    }
  }

  /** How long until the next timer. */
  Optional<Duration> untilNextTimer() {
    while (!timers.isEmpty() && timers.peek().cancelled) {
      timers.poll();
    }
    return Optional.ofNullable(timers.peek())
        .map(timer -> Duration.ofNanos(timer.dueNanos - nanos));
  }

  /** The attempt that had timers is gone. */
  void forgetTimers() {
    timers.clear();
  }

  /** Timers as Flink keeps them: they put a mail into the task's mailbox. */
  ProcessingTimeService timersInto(MailboxExecutor mailbox) {
    return new ProcessingTimeService() {
      @Override
      public long getCurrentProcessingTime() {
        return epochMilli();
      }

      @Override
      public ScheduledFuture<?> registerTimer(long time, ProcessingTimeCallback target) {
        // Multiplied after the subtraction: far timers would overflow otherwise.
        long dueNanos = Math.max(nanos, (time - START_EPOCH_MILLI) * NANOS_PER_MILLI);
        return add(dueNanos, () -> mailbox.execute(() -> target.onProcessingTime(time), "timer"));
      }
    };
  }

  /** Timers that run beside the task, as those of the client do. */
  ScheduledExecutorService deadlines() {
    return new ScheduledThreadPoolExecutor(1) {
      @Override
      public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return add(nanos + unit.toNanos(delay), command);
      }
    };
  }

  private Timer add(long dueNanos, Runnable action) {
    Timer timer = new Timer(dueNanos, timersMade++, action);
    timers.add(timer);
    return timer;
  }

  private static final class Timer implements ScheduledFuture<Void> {
    private final long dueNanos;
    private final long number;
    private final Runnable action;
    private boolean cancelled;
    private boolean done;

    private Timer(long dueNanos, long number, Runnable action) {
      this.dueNanos = dueNanos;
      this.number = number;
      this.action = action;
    }

    @Override
    public int compareTo(Delayed other) {
      Timer that = (Timer) other;
      int byTime = Long.compare(dueNanos, that.dueNanos);
      return byTime != 0 ? byTime : Long.compare(number, that.number);
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(dueNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      boolean inTime = !done && !cancelled;
      cancelled |= inTime;
      return inTime;
    }

    @Override
    public boolean isCancelled() {
      return cancelled;
    }

    @Override
    public boolean isDone() {
      return done || cancelled;
    }

    @Override
    public Void get() {
      throw new IllegalStateException("nobody waits in a simulation");
    }

    @Override
    public Void get(long timeout, TimeUnit unit) {
      return get();
    }
  }
}
