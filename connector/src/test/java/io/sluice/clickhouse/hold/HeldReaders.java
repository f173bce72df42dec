package io.sluice.clickhouse.hold;

import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceSplit;

/** The real {@link HeldReader} for tests of other packages. */
public final class HeldReaders {
  private HeldReaders() {}

  /** {@code reader}, held back by the valve that the first lane's sink opens. */
  public static <T, SplitT extends SourceSplit> SourceReader<T, SplitT> of(
      SourceReader<T, SplitT> reader, Intake intake) {
    return new HeldReader<>(reader, () -> intake.valve(0));
  }
}
