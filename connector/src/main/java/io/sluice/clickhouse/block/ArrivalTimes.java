package io.sluice.clickhouse.block;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * When the rows of a block or batch arrived: how many in which second, and the oldest to the
 * millisecond. Kept so that the age of every row can be told when the batch is acknowledged.
 *
 * <p>Immutable, never empty. The binary form has no version of its own; whoever stores it has one:
 *
 * <pre>
 * oldest      milliseconds since 1970         8 bytes, big-endian
 * seconds     how many different ones         VarLong
 * then for each second, ascending:
 *   second    minus the one before, or 0      VarLong (the first one zigzag)
 *   rows                                      VarLong
 * </pre>
 */
public final class ArrivalTimes {
  private final long oldestEpochMilli;
  private final long[] epochSeconds;
  private final long[] rowCounts;
  private final long rowCount;

  /** Takes the arrays as they are: seconds strictly ascending, counts positive. */
  private ArrivalTimes(long oldestEpochMilli, long[] epochSeconds, long[] rowCounts) {
    this.oldestEpochMilli = oldestEpochMilli;
    this.epochSeconds = epochSeconds;
    this.rowCounts = rowCounts;
    this.rowCount = Arrays.stream(rowCounts).sum();
  }

  /**
   * Of one time per row, in any order; only those from {@code from} to before {@code to} count.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static ArrivalTimes of(long[] epochMilli, int from, int to) {
    if (from >= to) {
      throw new IllegalArgumentException("rows: none from " + from + " to before " + to);
    }
    long oldest = Long.MAX_VALUE;
    long[] seconds = new long[to - from];
    for (int i = 0; i < seconds.length; i++) {
      long time = epochMilli[from + i];
      oldest = Math.min(oldest, time);
      seconds[i] = Math.floorDiv(time, 1000L);
    }
    Arrays.sort(seconds);
    long[] counts = new long[seconds.length];
    int distinct = 0;
    for (int i = 0; i < seconds.length; i++) {
      if (i == 0 || seconds[i] != seconds[distinct - 1]) {
        seconds[distinct++] = seconds[i];
      }
      counts[distinct - 1]++;
    }
    return new ArrivalTimes(
        oldest, Arrays.copyOf(seconds, distinct), Arrays.copyOf(counts, distinct));
  }

  /**
   * All of them together.
   *
   * @throws IllegalArgumentException if the list is empty
   */
  public static ArrivalTimes merge(List<ArrivalTimes> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("parts: none to merge");
    }
    if (parts.size() == 1) {
      return parts.get(0);
    }
    int half = parts.size() / 2;
    return merge(parts.subList(0, half)).mergedWith(merge(parts.subList(half, parts.size())));
  }

  private ArrivalTimes mergedWith(ArrivalTimes other) {
    int most = epochSeconds.length + other.epochSeconds.length;
    long[] seconds = new long[most];
    long[] counts = new long[most];
    int distinct = 0;
    int mine = 0;
    int theirs = 0;
    while (mine < epochSeconds.length || theirs < other.epochSeconds.length) {
      long second = Math.min(secondAt(mine), other.secondAt(theirs));
      seconds[distinct] = second;
      if (secondAt(mine) == second) {
        counts[distinct] += rowCounts[mine++];
      }
      if (other.secondAt(theirs) == second) {
        counts[distinct] += other.rowCounts[theirs++];
      }
      distinct++;
    }
    return new ArrivalTimes(
        Math.min(oldestEpochMilli, other.oldestEpochMilli),
        Arrays.copyOf(seconds, distinct),
        Arrays.copyOf(counts, distinct));
  }

  /** Past the end a second that no {@code long} of milliseconds falls into. */
  private long secondAt(int index) {
    return index < epochSeconds.length ? epochSeconds[index] : Long.MAX_VALUE;
  }

  public long rowCount() {
    return rowCount;
  }

  public long oldestEpochMilli() {
    return oldestEpochMilli;
  }

  /** Takes a second since 1970, and how many rows arrived in it. */
  @FunctionalInterface
  public interface SecondConsumer {
    void accept(long epochSecond, long rowCount);
  }

  /** Hands over all seconds with rows, ascending. */
  public void forEachSecond(SecondConsumer consumer) {
    for (int i = 0; i < epochSeconds.length; i++) {
      consumer.accept(epochSeconds[i], rowCounts[i]);
    }
  }

  /** Writes the binary form that {@link #readFrom} reads. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeLong(oldestEpochMilli);
    VarLong.write(out, epochSeconds.length);
    long before = 0;
    for (int i = 0; i < epochSeconds.length; i++) {
      long step = epochSeconds[i] - before;
      VarLong.write(out, i == 0 ? VarLong.zigzag(step) : step);
      VarLong.write(out, rowCounts[i]);
      before = epochSeconds[i];
    }
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @throws IOException if the bytes end early or are not what {@link #writeTo} writes
   */
  public static ArrivalTimes readFrom(DataInput in) throws IOException {
    long oldest = in.readLong();
    int distinct = VarLong.readPositiveInt(in, "number of seconds");
    long[] seconds = new long[distinct];
    long[] counts = new long[distinct];
    for (int i = 0; i < distinct; i++) {
      long step = VarLong.read(in);
      seconds[i] = i == 0 ? VarLong.unzigzag(step) : seconds[i - 1] + step;
      counts[i] = VarLong.read(in);
      if (counts[i] <= 0 || (i > 0 && step <= 0)) {
        throw new IOException("corrupt arrival times: second " + i + " of " + distinct);
      }
    }
    return new ArrivalTimes(oldest, seconds, counts);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ArrivalTimes that
        && oldestEpochMilli == that.oldestEpochMilli
        && Arrays.equals(epochSeconds, that.epochSeconds)
        && Arrays.equals(rowCounts, that.rowCounts);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(epochSeconds) + Arrays.hashCode(rowCounts);
  }

  @Override
  public String toString() {
    return rowCount + " rows from " + oldestEpochMilli + " ms in " + epochSeconds.length + " s";
  }
}
