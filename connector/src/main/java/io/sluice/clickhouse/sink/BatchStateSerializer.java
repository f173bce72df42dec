package io.sluice.clickhouse.sink;

import io.sluice.clickhouse.block.ArrivalTimes;
import io.sluice.clickhouse.block.Block;
import io.sluice.clickhouse.block.LaneElement;
import io.sluice.clickhouse.send.Batch;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The state format of the sink, version 3, big-endian:
 *
 * <pre>
 *   int   batches
 *   per batch:
 *     UTF   token               (length in 2 bytes, then modified UTF-8)
 *     byte  1 if it was certainly never applied, else 0     (not in version 1: unknown, as 0)
 *     int   blocks
 *     per block:                (before version 3: see {@link BlockBeforeVersion3})
 *       int   rows
 *       long  bytes before compression
 *       long  arrival of the oldest row, milliseconds since 1970
 *       long  arrival of the newest row
 *       int   length of the frame
 *       frame
 * </pre>
 *
 * <p>The writer puts each batch into a state entry of its own, so that an entry stays far below the
 * 2 GiB that an array can hold, and Flink can spread batches over another parallelism.
 */
final class BatchStateSerializer
    implements SimpleVersionedSerializer<BufferedRequestState<LaneElement>> {
  private static final int VERSION = 3;
  private static final int WITH_SECONDS_OF_ARRIVAL = 2;
  private static final int WITHOUT_NEVER_APPLIED = 1;
  private static final int OVERHEAD_PER_BLOCK = 64;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(BufferedRequestState<LaneElement> state) throws IOException {
    List<RequestEntryWrapper<LaneElement>> entries = state.getBufferedRequestEntries();
    long bytes = Integer.BYTES;
    for (RequestEntryWrapper<LaneElement> entry : entries) {
      int blocks = ((BatchState) entry.getRequestEntry()).batch().blocks().size();
      bytes += entry.getSize() + (long) OVERHEAD_PER_BLOCK * (1 + blocks);
    }
    DataOutputSerializer out = new DataOutputSerializer(Math.toIntExact(bytes));
    out.writeInt(entries.size());
    for (RequestEntryWrapper<LaneElement> entry : entries) {
      write((BatchState) entry.getRequestEntry(), out);
    }
    return out.getCopyOfBuffer();
  }

  @Override
  public BufferedRequestState<LaneElement> deserialize(int version, byte[] serialized)
      throws IOException {
    if (version < WITHOUT_NEVER_APPLIED || version > VERSION) {
      throw new IOException(
          ("Sink state has format version %d, this job reads version %d to %d. Resume with the"
                  + " release that wrote the savepoint, or a newer one.")
              .formatted(version, WITHOUT_NEVER_APPLIED, VERSION));
    }
    try {
      return read(version, new DataInputDeserializer(serialized));
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new IOException("Sink state is corrupt", e);
    }
  }

  private static BufferedRequestState<LaneElement> read(int version, DataInputDeserializer in)
      throws IOException {
    int batches = in.readInt();
    List<RequestEntryWrapper<LaneElement>> entries = new ArrayList<>();
    for (int i = 0; i < batches; i++) {
      String token = in.readUTF();
      boolean neverApplied = version != WITHOUT_NEVER_APPLIED && in.readBoolean();
      int blockCount = in.readInt();
      List<Block> blocks = new ArrayList<>();
      for (int j = 0; j < blockCount; j++) {
        blocks.add(version > WITH_SECONDS_OF_ARRIVAL ? block(in) : BlockBeforeVersion3.read(in));
      }
      entries.add(new BatchState(new Batch(token, blocks), neverApplied).entry());
    }
    if (in.available() > 0) {
      throw new IOException("Sink state has " + in.available() + " bytes too many");
    }
    return new BufferedRequestState<>(entries);
  }

  private static void write(BatchState state, DataOutputSerializer out) throws IOException {
    out.writeUTF(state.batch().token());
    out.writeBoolean(state.neverApplied());
    out.writeInt(state.batch().blocks().size());
    for (Block block : state.batch().blocks()) {
      out.writeInt(block.rowCount());
      out.writeLong(block.rawBytes());
      out.writeLong(block.arrivals().oldestEpochMilli());
      out.writeLong(block.arrivals().newestEpochMilli());
      out.writeInt(block.frameBytes());
      out.write(block.frame());
    }
  }

  private static Block block(DataInputDeserializer in) throws IOException {
    int rowCount = in.readInt();
    long rawBytes = in.readLong();
    ArrivalTimes arrivals = new ArrivalTimes(in.readLong(), in.readLong());
    return new Block(frame(in, in.readInt()), rowCount, rawBytes, arrivals);
  }

  static byte[] frame(DataInputDeserializer in, long length) throws IOException {
    if (length < 0 || length > in.available()) {
      throw new EOFException("frame of " + length + " bytes, " + in.available() + " are left");
    }
    byte[] frame = new byte[(int) length];
    in.readFully(frame);
    return frame;
  }
}
