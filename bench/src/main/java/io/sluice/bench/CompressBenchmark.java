package io.sluice.bench;

import io.sluice.clickhouse.block.NativeBlockWriter;
import io.sluice.clickhouse.block.ZstdFrameWriter;
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

/** Columns into one zstd frame: nanoseconds per row, and bytes per row on the last line. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@State(Scope.Thread)
public class CompressBenchmark {
  private static final int ROWS = 10_000;

  @Param({"1", "3", "6"})
  public int level;

  private final NativeBlockWriter<HttpLogRecord> writer =
      new NativeBlockWriter<>(HttpLogTable.httpLog("logs", "http_log"));
  private ZstdFrameWriter frames;
  private long frameBytes;

  @Setup
  public void generate() {
    EdgeLikeRecords generator = new EdgeLikeRecords(1);
    for (int i = 0; i < ROWS; i++) {
      writer.append(generator.nextAnonymous());
    }
    frames = new ZstdFrameWriter(level);
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public byte[] compress() {
    frames.start(writer.blockBytes(0, ROWS));
    writer.write(0, ROWS, frames);
    byte[] frame = frames.finish();
    frameBytes = frame.length;
    return frame;
  }

  @TearDown
  public void tellBytesPerRow() {
    frames.close();
    System.out.printf(
        "level %d: %.1f B/row raw, %.1f B/row compressed%n",
        level, (double) writer.blockBytes(0, ROWS) / ROWS, (double) frameBytes / ROWS);
  }
}
