package io.sluice.clickhouse.sink;

import static io.sluice.clickhouse.sink.Violation.unless;

import io.sluice.clickhouse.block.Block;
import io.sluice.clickhouse.send.Batch;
import io.sluice.clickhouse.sink.ModelServer.Part;
import io.sluice.clickhouse.sink.ModelServer.Table;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What is stored, what was sent, and what must be true of both.
 *
 * <p>Nothing may ever be lost. That nothing is stored twice is promised for a restart from the
 * latest completed checkpoint; for any older one exactly if every row that is stored, or still
 * under way, is either counted as done in that older state or in it under the token it was sent
 * with: that is, if nothing frozen after it was sent. Rows that were sent under later tokens are
 * read again, get new tokens, and are stored twice; so is what is repeated after the server's
 * deduplication window has forgotten it. A savepoint of a stop is believed when it says that a
 * batch was never applied: from an older one of these it must still be so.
 */
final class Ledger {
  private int[] stored = new int[256];
  private int[] counted = new int[256];
  private String[] storedUnder = new String[256];
  private int[] seenIn = new int[256];
  private int snapshots;
  private int lagging;
  private boolean promised = true;
  private final Map<String, String> urls = new HashMap<>();
  private final Map<String, byte[]> bodies = new HashMap<>();
  private final Set<String> halves = new HashSet<>();
  private final Set<String> mayBeApplied = new HashSet<>();

  /** Makes room for this row. */
  void read(int row) {
    if (row >= stored.length) {
      int size = row * 2;
      stored = Arrays.copyOf(stored, size);
      counted = Arrays.copyOf(counted, size);
      storedUnder = Arrays.copyOf(storedUnder, size);
      seenIn = Arrays.copyOf(seenIn, size);
    }
  }

  /** From now on rows may be stored twice; they must still not be lost. */
  void promiseNoMore() {
    promised = false;
  }

  /** The job takes what this state says for true, though it is not any more. */
  void believe(ModelCheckpoint state) {
    mayBeApplied.removeAll(state.changeable());
  }

  boolean isPromised() {
    return promised;
  }

  void stored(Part part, String token) {
    int[] counts = part.table == Table.ROWS ? stored : counted;
    for (int row : part.rows) {
      lagging -= stored[row] == counted[row] ? 0 : 1;
      counts[row]++;
      lagging += stored[row] == counted[row] ? 0 : 1;
      if (part.table == Table.ROWS) {
        storedUnder[row] = token;
      }
      unless(
          counts[row] == 1 || !promised,
          Invariant.NOTHING_TWICE,
          "row {} in {}, now by {}",
          row,
          part.table,
          token);
    }
  }

  private boolean isStored(int row) {
    return stored[row] > 0 && counted[row] > 0;
  }

  void checkTotals(boolean someUnfinished) {
    unless(
        lagging == 0 || someUnfinished || !promised,
        Invariant.TOTALS_EQUAL_ROWS,
        "{} rows differ",
        lagging);
  }

  /** A request comes out of the job. */
  void offered(Flight flight) {
    unless(!flight.token.isEmpty(), Invariant.HAS_TOKEN, "{}", flight.url);
    String before = urls.putIfAbsent(flight.token, flight.url);
    unless(
        before == null || before.equals(flight.url),
        Invariant.RETRIES_ARE_IDENTICAL,
        "{} was sent to {} before",
        flight.url,
        before);
  }

  /** A request with this token was too large, so that its batch may be halved. */
  void mayBeHalved(String token) {
    for (int child = 0; child < 2; child++) {
      byte[] name = (token + "/" + child).getBytes(StandardCharsets.US_ASCII);
      halves.add(UUID.nameUUIDFromBytes(name).toString());
    }
  }

  /** Whether a repeat: a body with this token was sent before. */
  boolean wasSent(String token) {
    return bodies.containsKey(token);
  }

  /** Whether a body with this token was sent that may have been applied. */
  boolean mayBeApplied(String token) {
    return mayBeApplied.contains(token);
  }

  /** Too large is the one answer that says for sure that nothing was applied. */
  void tooLarge(Flight flight) {
    if (flight.isFirstSending) {
      mayBeApplied.remove(flight.token);
    }
  }

  /** The first bytes of a body come out of the job; nobody there can know how far they get. */
  void begun(Flight flight) {
    flight.isFirstSending = mayBeApplied.add(flight.token);
  }

  /** The body of a request comes out of the job. */
  void sent(Flight flight, byte[] body) {
    begun(flight);
    byte[] before = bodies.putIfAbsent(flight.token, body);
    unless(
        before == null || Arrays.equals(before, body),
        Invariant.RETRIES_ARE_IDENTICAL,
        "body of {}, {} rows",
        flight.token,
        flight.rowCount());
  }

  /** What a request carries, a crash has to bring back. */
  static void checkCovered(Flight flight, byte[] body, ModelCheckpoint recoverable) {
    Batch covered = recoverable.batches().get(flight.token);
    unless(
        covered != null,
        Invariant.SENT_ONLY_IF_COVERED,
        "{} is not in checkpoint {}",
        flight.token,
        recoverable.id());
    unless(
        sameBytes(covered, body),
        Invariant.SENT_ONLY_IF_COVERED,
        "{} differs from what is in checkpoint {}",
        flight.token,
        recoverable.id());
  }

  private static boolean sameBytes(Batch batch, byte[] body) {
    int at = 0;
    for (Block block : batch.blocks()) {
      int to = at + block.frameBytes();
      if (to > body.length || !Arrays.equals(body, at, to, block.frame(), 0, block.frameBytes())) {
        return false;
      }
      at = to;
    }
    return at == body.length;
  }

  /**
   * A snapshot and the source's offset account for every row.
   *
   * @param unacknowledged batches that were sent, or restored, and not accepted
   */
  void checkSnapshot(ModelCheckpoint state, Map<String, Batch> unacknowledged) {
    snapshots++;
    for (Batch batch : state.batches().values()) {
      unless(
          !mayBeApplied.contains(batch.token()) || !state.neverApplied().contains(batch.token()),
          Invariant.STATE_TELLS_WHAT_WAS_SENT,
          "{} was sent, and checkpoint {} denies it",
          batch.token(),
          state.id());
      unless(
          batch.token().startsWith(World.TOKENS) || halves.contains(batch.token()),
          Invariant.HALVES_ARE_DERIVED,
          "{} in checkpoint {}",
          batch.token(),
          state.id());
      for (Block block : batch.blocks()) {
        ByteBuffer frame = ByteBuffer.wrap(block.frame());
        while (frame.hasRemaining()) {
          int row = (int) frame.getLong();
          unless(
              seenIn[row] != snapshots || !promised,
              Invariant.STATE_HOLDS_ROWS_ONCE,
              "row {} in checkpoint {}",
              row,
              state.id());
          seenIn[row] = snapshots;
        }
      }
    }
    for (int row = 0; row < state.offset(); row++) {
      unless(
          seenIn[row] == snapshots || isStored(row),
          Invariant.NOTHING_LOST,
          "row {} is neither stored nor in checkpoint {}",
          row,
          state.id());
    }
    for (Batch batch : unacknowledged.values()) {
      unless(
          batch.equals(state.batches().get(batch.token())),
          Invariant.STATE_KEEPS_UNACKNOWLEDGED,
          "{} is not in checkpoint {} as it was",
          batch.token(),
          state.id());
    }
  }

  /** Whether a restart from here stores nothing twice; see above. */
  boolean isPromisedFrom(ModelCheckpoint state, List<Flight> underWay, int farthestOffset) {
    if (state.changeable().stream().anyMatch(mayBeApplied::contains)) {
      return false;
    }
    String[] tokens = new String[stored.length];
    for (Batch batch : state.batches().values()) {
      for (Block block : batch.blocks()) {
        for (int row : ModelEncoder.rowsOf(block.frame())) {
          tokens[row] = batch.token();
        }
      }
    }
    for (int row = 0; row < farthestOffset; row++) {
      if (stored[row] > 0 && !accounts(state, tokens, row, storedUnder[row])) {
        return false;
      }
    }
    for (Flight flight : underWay) {
      for (int row : ModelEncoder.rowsOf(flight.body)) {
        if (!accounts(state, tokens, row, flight.token)) {
          return false;
        }
      }
    }
    return promised;
  }

  private static boolean accounts(
      ModelCheckpoint state, String[] tokens, int row, String sentUnder) {
    return tokens[row] == null ? row < state.offset() : tokens[row].equals(sentUnder);
  }

  /** Whether some row is there more than once, as it may be where nothing else was promised. */
  boolean storedTwice() {
    return Arrays.stream(stored).anyMatch(times -> times > 1);
  }

  /** At the end all is stored, and nothing is half applied. */
  void checkComplete(int rowCount, boolean someUnfinished) {
    for (int row = 0; row < rowCount; row++) {
      unless(isStored(row), Invariant.NOTHING_LOST, "row {} at the end", row);
    }
    unless(
        !someUnfinished || !promised, Invariant.TOTALS_EQUAL_ROWS, "a request was never finished");
  }
}
