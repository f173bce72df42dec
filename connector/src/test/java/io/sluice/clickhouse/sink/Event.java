package io.sluice.clickhouse.sink;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** What a simulation must have met, to have shown anything. */
enum Event {
  STEP,
  ROW_READ,
  SOURCE_HELD,
  BLOCKED,
  BARRIER_PASSED,
  CHECKPOINT,
  CHECKPOINT_COMPLETED,
  CHECKPOINT_ABORTED,
  CHECKPOINT_SUBSUMED,
  SAVEPOINT,
  STOPPED_WITH_SAVEPOINT,
  FAILED_WHILE_STOPPING,
  STOP_ABORTED,
  RESUMED_WITH_LOWER_LIMIT,
  NOTIFICATION_DELAYED,
  NOTIFICATION_LOST,
  CRASH,
  CRASH_WITH_REQUEST_UNDER_WAY,
  RESTORED_OLDER_PROMISED,
  RESTORED_OLDER_UNPROMISED,
  REQUEST,
  RESEND,
  ACCEPTED,
  TURNED_AWAY_BY_WINDOW,
  TURNED_AWAY_BY_SIZE,
  EXPECT_NOT_KNOWN,
  BODY_SENT_UNASKED,
  HALVED,
  ANSWERED_PASSING_ERROR,
  ANSWERED_REFUSAL,
  ANSWERED_BY_PROXY_AFTER_BODY,
  ANSWERED_BY_STRANGER,
  ANSWERED_BY_STRANGER_AFTER_BODY,
  CUT_BEFORE_BODY,
  CUT_IN_BODY,
  ANSWER_LOST_AFTER_APPLYING,
  TIMED_OUT,
  PARTLY_APPLIED,
  HEALED,
  DEDUPLICATED_BLOCK,
  APPLIED_LATE,
  DEDUPLICATION_WINDOW_EXHAUSTED,
  STORED_TWICE_UNPROMISED,
  SERVER_RESTART,
  SERVER_RESTART_WHILE_APPLYING,
  PROXY_RESTART,
  ENDED_BY_VALVE,
  ENDED_BY_FLUSH,
  ENDED_BEHIND_SHUFFLE;

  /** How often each has happened. */
  static final class Counts {
    private final Map<Event, LongAdder> counts = new EnumMap<>(Event.class);

    Counts() {
      for (Event event : Event.values()) {
        counts.put(event, new LongAdder());
      }
    }

    void add(Event event) {
      counts.get(event).increment();
    }

    long of(Event event) {
      return counts.get(event).sum();
    }

    @Override
    public String toString() {
      return Arrays.stream(Event.values())
          .map(event -> "  %,13d  %s".formatted(of(event), words(event)))
          .collect(Collectors.joining("\n"));
    }

    private static String words(Event event) {
      return event.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }
}
