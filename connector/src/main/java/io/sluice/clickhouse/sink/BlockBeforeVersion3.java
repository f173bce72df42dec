package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.block.ArrivalTimes;
import io.sluice.clickhouse.block.Block;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;

/**
 * A block as state of version 1 and 2 has it, with the number of rows that arrived in each second.
 * Number: 64 bits in one to ten bytes, seven bits each, the lowest first (LEB128).
 *
 * <pre>
 *   number  rows
 *   number  bytes before compression
 *   long    arrival of the oldest row, milliseconds since 1970
 *   number  seconds
 *   per second, ascending:
 *     number  second of arrival, minus the one before; the first in zigzag
 *     number  rows
 *   number  length of the frame
 *   frame
 * </pre>
 */
final class BlockBeforeVersion3 {
  private BlockBeforeVersion3() {}

  /**
   * Of the seconds only the last one counts.
   *
   * @throws ArithmeticException or {@link IllegalArgumentException} if no block has such a value
   */
  static Block read(DataInputDeserializer in) throws IOException {
    int rowCount = Math.toIntExact(number(in));
    long rawBytes = number(in);
    long oldestEpochMilli = in.readLong();
    long seconds = number(in);
    long second = 0;
    for (long i = 0; i < seconds; i++) {
      long step = number(in);
      second += i == 0 ? (step >>> 1) ^ -(step & 1) : step;
      number(in);
    }
    long newestEpochMilli = Math.max(oldestEpochMilli, second * 1_000);
    byte[] frame = BatchStateSerializer.frame(in, number(in));
    return new Block(
        frame, rowCount, rawBytes, new ArrivalTimes(oldestEpochMilli, newestEpochMilli));
  }

  private static long number(DataInputDeserializer in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte b = in.readByte();
      value |= (b & 0x7FL) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IOException("Sink state is corrupt: a number of more than ten bytes");
  }
}
