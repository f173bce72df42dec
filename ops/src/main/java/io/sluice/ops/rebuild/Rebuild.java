package io.sluice.ops.rebuild;

import io.sluice.ops.OperatorException;
import io.sluice.ops.Pause;
import io.sluice.ops.sql.ClickHouseSql;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Makes one table of totals anew from {@code http_log} while rows go on arriving, without a gap or
 * a double.
 *
 * <ol>
 *   <li>Beside the level, everything that {@code http_log} has is added up, in rounds: the first is
 *       long, each next one has the rows that were stored during the one before.
 *   <li>{@link Inserts} are held off; the job keeps what it reads.
 *   <li>No insert runs and the job is in no doubt: no row of {@code http_log} can come to the level
 *       a second time. If the job stays in doubt, it needs an answer: inserts pass, and step 2 is
 *       tried again later.
 *   <li>The last rows are added, the sums are compared, and the partitions replaced.
 *   <li>Inserts pass, whatever has happened.
 * </ol>
 *
 * <p>Until step 4 the level is untouched. Whenever a rebuild dies, another one can be started.
 */
public final class Rebuild {
  private static final Duration SHORT_ROUND = Duration.ofSeconds(10);
  private static final int MAX_ROUNDS = 10;
  private static final int LOCK_ATTEMPTS = 5;
  private static final Duration DOUBT_EVERY = Duration.ofMillis(200);
  private static final Duration STATEMENT_WITHIN = Duration.ofHours(12);

  /**
   * What to make anew, and how patiently.
   *
   * @param table the level, with or without its database
   * @param since no earlier day is touched; empty for all that {@code http_log} has
   * @param doubtWithin how long inserts are held off for the job's doubts to end, before they are
   *     let pass and it is tried again
   */
  public record Options(String table, Optional<LocalDate> since, Duration doubtWithin) {
    public Options {
      if (!table.matches("[\\w.]+")) {
        throw new IllegalArgumentException("table: '" + table + "', must be a name");
      }
    }
  }

  private final ClickHouseSql sql;
  private final Supplier<OptionalLong> requestsInDoubt;
  private final Options options;
  private final Consumer<String> progress;
  private final Inserts inserts;
  private volatile boolean cancelled;

  /**
   * @param sql straight to the one server that has the tables
   * @param requestsInDoubt batches of which ClickHouse may have rows and that the job may send
   *     again, over all lanes; empty if the job cannot be asked
   * @param progress takes one line per step
   */
  public Rebuild(
      ClickHouseSql sql,
      Supplier<OptionalLong> requestsInDoubt,
      Options options,
      Consumer<String> progress) {
    this.sql = sql.withAnswerWithin(STATEMENT_WITHIN);
    this.requestsInDoubt = requestsInDoubt;
    this.options = options;
    this.progress = progress;
    this.inserts = new Inserts(this.sql);
  }

  /** Makes {@link #run} end soon, with everything as it was or as it is to be. Any thread. */
  public void cancel() {
    cancelled = true;
  }

  /** For somebody who cannot wait for {@link #run} to end: what remains to be done then. */
  public static String leftBehind() {
    return "sluice rebuild: ClickHouse is still at a statement. If inserts are held off, NOTHING CAN BE"
        + " STORED until this has run: "
        + Inserts.RELEASE;
  }

  /**
   * Does all of it. One at a time per server.
   *
   * @throws OperatorException if the level cannot be rebuilt; it is as it was, or new in some
   *     partitions, and inserts pass
   */
  public RebuildReport run() {
    Instant start = Instant.now();
    Levels levels = Levels.read(sql);
    String level = levels.require(options.table());
    inserts.release();
    requireNoOtherConstraint();
    if (requestsInDoubt.get().isEmpty()) {
      throw OperatorException.wrongState(
          "not every lane of the job runs and shows its metrics, so nobody knows which batches it will"
              + " send again; start the job, or say --no-job if nothing writes to ClickHouse and nothing that did has a"
              + " request of unknown fate");
    }
    Reach reach = reach(level);
    requireRows(level, reach);
    RawRows raw = new RawRows(sql, reach);
    Aside aside = new Aside(sql, levels, level, reach);
    aside.create();
    try {
      progress.accept("%s from %s, %s".formatted(level, Levels.ROWS, reach));
      Instant readUpTo = readInRounds(raw, aside);
      Sums before = verified(raw, aside, readUpTo);
      aside.keep(aside.partitions());
      try {
        Instant locked = lockWithoutDoubt();
        Sums old = aside.levelSums();
        Sums last = raw.sums(raw.storedSince(readUpTo));
        Sums now = before.plus(last);
        aside.add(raw.storedSince(readUpTo));
        requireComplete(raw, aside, now);
        List<String> partitions = aside.partitions();
        aside.keep(partitions);
        partitions.forEach(
            partition -> {
              goOn();
              aside.replace(partition);
            });
        inserts.release();
        Instant end = Instant.now();
        return new RebuildReport(
            level,
            reach.toString(),
            old,
            now,
            partitions,
            last.requests(),
            Duration.between(start, end),
            Duration.between(locked, end),
            levels.fedFrom(level));
      } finally {
        inserts.release();
      }
    } finally {
      aside.drop();
    }
  }

  private Reach reach(String level) {
    List<String> engines =
        sql.lines(
            "SELECT engine_full FROM system.tables WHERE concat(database, '.', name) IN ('%s', '%s') FORMAT TSVRaw"
                .formatted(Levels.ROWS, level));
    LocalDate today = LocalDate.parse(sql.query("SELECT toDate(now('UTC'))"));
    Reach all = Reach.of(today, engines);
    return options.since().map(all::since).orElse(all);
  }

  /** Of days that {@code http_log} lost otherwise than by its TTL, nothing would be left. */
  private void requireRows(String level, Reach reach) {
    List<String> days =
        sql.lines(
            ("SELECT DISTINCT toDate(time) AS day FROM %s WHERE %s AND requests > 0 AND day NOT IN"
                    + " (SELECT DISTINCT toDate(timestamp) FROM %s WHERE %s) ORDER BY day")
                .formatted(level, reach.covers("time"), Levels.ROWS, reach.covers("timestamp")));
    if (!days.isEmpty()) {
      throw OperatorException.failed(
          "http_log has no row of %d days that %s has, %s to %s; they would be lost. Say --since, with a later day"
              .formatted(days.size(), level, days.get(0), days.get(days.size() - 1)));
    }
  }

  /** The job takes a violated constraint for a sign that nothing was stored. */
  private void requireNoOtherConstraint() {
    List<String> others =
        sql.lines(
            "SELECT name FROM system.tables WHERE database = '%s' AND create_table_query LIKE '%% CONSTRAINT %%' ORDER BY name"
                .formatted(Levels.DATABASE));
    if (!others.isEmpty()) {
      throw OperatorException.failed(
          "a constraint may refuse a batch that is stored in part; drop those of "
              + String.join(", ", others));
    }
  }

  /** Returns the time up to which rows were stored that are added now. */
  private Instant readInRounds(RawRows raw, Aside aside) {
    Instant from = Instant.EPOCH;
    for (int round = 1; ; round++) {
      Instant start = Instant.now();
      Instant to = inserts.settledBefore();
      String stored = raw.stored(from, to);
      for (String line : raw.byDay(stored)) {
        String[] day = line.split("\t", 3);
        goOn();
        aside.add(RawRows.of(day[0], stored));
        progress.accept("round %d: %s, %,d rows".formatted(round, day[0], Long.parseLong(day[1])));
      }
      from = to;
      Duration took = Duration.between(start, Instant.now());
      if (took.compareTo(SHORT_ROUND) < 0 || round == MAX_ROUNDS) {
        return from;
      }
    }
  }

  private Sums verified(RawRows raw, Aside aside, Instant upTo) {
    List<String> expected = raw.byDay(raw.stored(Instant.EPOCH, upTo));
    List<String> rebuilt = aside.rebuiltByDay();
    if (!expected.equals(rebuilt)) {
      throw OperatorException.failed(
          "http_log changed in between, or a clock was set back; rebuild again. Day, requests and"
              + " bytes of http_log: %s; rebuilt: %s".formatted(expected, rebuilt));
    }
    return aside.rebuiltSums();
  }

  /** Under the lock, and so without reading more of {@code http_log} than has to be read. */
  private static void requireComplete(RawRows raw, Aside aside, Sums expected) {
    Sums rebuilt = aside.rebuiltSums();
    long rows = raw.count();
    if (!rebuilt.equals(expected) || rows != rebuilt.requests()) {
      throw OperatorException.failed(
          "rebuilt are %s, but http_log has %s, of %,d rows: a clock was set back, or rows were"
                  .formatted(rebuilt, expected, rows)
              + " deleted; rebuild again");
    }
  }

  private Instant lockWithoutDoubt() {
    for (int attempt = 1; attempt <= LOCK_ATTEMPTS; attempt++) {
      // Best right after a checkpoint. With short windows there is always something in doubt.
      nothingInDoubt();
      goOn();
      Instant locked = Instant.now();
      inserts.hold();
      progress.accept("inserts are held off");
      if (nothingInDoubt()) {
        inserts.awaitNone();
        return locked;
      }
      inserts.release();
      progress.accept("the job needs an answer to a request; inserts pass, then once more");
    }
    throw OperatorException.failed(
        "the job was in doubt each of %d times; see its log, and requestsInDoubt of its metrics"
            .formatted(LOCK_ATTEMPTS));
  }

  /** Whether the job comes to be in no doubt while inserts may be held off for it. */
  private boolean nothingInDoubt() {
    return Pause.until(
        () -> {
          goOn();
          return requestsInDoubt.get().equals(OptionalLong.of(0));
        },
        DOUBT_EVERY,
        options.doubtWithin());
  }

  private void goOn() {
    if (cancelled) {
      throw OperatorException.failed("cancelled; inserts pass");
    }
  }
}
