package io.sluice.clickhouse.hold;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.InputStatus;

/** Reads from the wrapped reader while the valve lets it; see {@link HeldSource}. */
// Flink's interface declares that close() throws any exception.
@SuppressWarnings("try")
final class HeldReader<T, SplitT extends SourceSplit> extends ForwardingReader<T, SplitT> {
  private final Supplier<Valve> openedValve;
  private Valve valve;

  /**
   * @param openedValve asked at {@link #start()}: Flink creates the reader before the sink's
   *     writer, but starts it after
   */
  HeldReader(SourceReader<T, SplitT> reader, Supplier<Valve> openedValve) {
    super(reader);
    this.openedValve = openedValve;
  }

  @Override
  public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
    if (valve.isHeld()) {
      return InputStatus.NOTHING_AVAILABLE;
    }
    if (!valve.hasInputEnded()) {
      InputStatus status = super.pollNext(output);
      if (status != InputStatus.END_OF_INPUT) {
        return status;
      }
      valve.endInput();
    }
    return valve.whenDrained().isDone() ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    if (valve.isHeld()) {
      return valve.released();
    }
    return valve.hasInputEnded() ? valve.whenDrained() : super.isAvailable();
  }

  @Override
  public void start() {
    valve = openedValve.get();
    super.start();
  }
}
