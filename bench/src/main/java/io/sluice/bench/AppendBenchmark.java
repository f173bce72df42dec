package io.sluice.bench;

import io.sluice.clickhouse.block.NativeBlockWriter;
import io.sluice.httplog.HttpLogRecord;
import io.sluice.httplog.HttpLogTable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Rows into columns, without compression: nanoseconds per row. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@State(Scope.Thread)
public class AppendBenchmark {
  private static final int ROWS = 10_000;

  private final NativeBlockWriter<HttpLogRecord> writer =
      new NativeBlockWriter<>(HttpLogTable.httpLog("logs", "http_log"));

  private HttpLogRecord[] records;

  @Setup
  public void generate() {
    EdgeLikeRecords generator = new EdgeLikeRecords(1);
    records = Stream.generate(generator::nextAnonymous).limit(ROWS).toArray(HttpLogRecord[]::new);
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long append() {
    writer.clear();
    for (HttpLogRecord record : records) {
      writer.append(record);
    }
    return writer.dataBytes();
  }
}
