package io.sluice.bench;

import io.sluice.clickhouse.block.Utf8Slice;
import io.sluice.feed.anonymize.UrlAnonymizer;
import io.sluice.feed.anonymize.UrlPrivacy;
import io.sluice.httplog.HttpLogRecord;
import java.nio.charset.StandardCharsets;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What {@code anonymize.url} costs, in nanoseconds per record: with urls as they are, and with an
 * address in each.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@State(Scope.Thread)
public class UrlBenchmark {
  /**
   * Few enough for the cache: in the job a message has just been read when its url is looked at.
   */
  private static final int URLS = 1_000;

  @Param({"", "&client=203.0.113.77", "&client=2001:db8:1:2::3"})
  public String more;

  @Param({"ADDRESSES", "QUERY"})
  public UrlPrivacy privacy;

  private final byte[][] urls = new byte[URLS][];
  private final Utf8Slice url = new Utf8Slice();
  private UrlAnonymizer anonymizer;

  @Setup
  public void generate() {
    anonymizer = new UrlAnonymizer(privacy);
    EdgeLikeRecords generator = new EdgeLikeRecords(1);
    for (int i = 0; i < URLS; i++) {
      HttpLogRecord record = generator.next();
      urls[i] = (record.url + more).getBytes(StandardCharsets.UTF_8);
    }
  }

  @Benchmark
  @OperationsPerInvocation(URLS)
  public long anonymize() {
    long bytes = 0;
    for (byte[] each : urls) {
      url.set(each, 0, each.length);
      anonymizer.anonymize(url);
      bytes += url.length;
    }
    return bytes;
  }
}
