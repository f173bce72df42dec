package io.sluice.bench;

import io.sluice.clickhouse.block.Block;
import io.sluice.clickhouse.block.BlockBuilder;
import io.sluice.clickhouse.block.BlockSettings;
import io.sluice.feed.anonymize.IpAnonymizer;
import io.sluice.feed.kafka.UndecodableMessageException;
import io.sluice.httplog.HttpLogDecoder;
import io.sluice.httplog.HttpLogRecord;
import io.sluice.httplog.HttpLogTable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one record costs from the Kafka message to a finished block, in nanoseconds on one core:
 * decode, anonymize, append, compress. Blocks are as large as the job makes them. Bytes per row on
 * the last line.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@State(Scope.Thread)
public class RecordPathBenchmark {
  /** More than fit into one block, so that no block holds a record twice. */
  private static final int MESSAGES = 60_000;

  @Param({"1", "3", "6"})
  public int level;

  private final byte[][] messages = new byte[MESSAGES][];
  private final HttpLogDecoder decoder = new HttpLogDecoder();
  private final IpAnonymizer anonymizer = new IpAnonymizer();
  private final HttpLogRecord record = new HttpLogRecord();
  private BlockBuilder<HttpLogRecord> builder;
  private long blocks;
  private long rows;
  private long bytes;

  @Setup
  public void generate() {
    EdgeLikeRecords generator = new EdgeLikeRecords(1);
    for (int i = 0; i < MESSAGES; i++) {
      messages[i] = generator.nextMessage();
    }
    BlockSettings settings = BlockSettings.DEFAULT;
    builder =
        new BlockBuilder<>(
            HttpLogTable.httpLog("logs", "http_log"),
            new BlockSettings(settings.maxBlockBytes(), settings.maxRawBytes(), level));
  }

  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public long recordPath() throws UndecodableMessageException {
    for (int i = 0; i < MESSAGES; i++) {
      decoder.decode(messages[i], 0, record);
      record.arrivalEpochMilli = i;
      anonymizer.anonymize(record.remoteAddr);
      builder.append(record);
      if (builder.isFull()) {
        builder.build(this::count);
      }
    }
    return bytes;
  }

  private void count(Block block) {
    blocks++;
    rows += block.rowCount();
    bytes += block.frameBytes();
  }

  @TearDown
  public void tellBytesPerRow() {
    builder.close();
    long messageBytes = 0;
    for (byte[] message : messages) {
      messageBytes += message.length;
    }
    System.out.printf(
        "level %d: %.1f B/message, %.1f B/row compressed, %d rows and %d bytes per block%n",
        level,
        (double) messageBytes / MESSAGES,
        (double) bytes / rows,
        rows / blocks,
        bytes / blocks);
  }
}
