package io.sluice.sink;

import static io.sluice.sink.Blocks.block;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.junit.jupiter.api.Test;

class BatchStateSerializerTest {
  private final BatchStateSerializer serializer = new BatchStateSerializer();

  @Test
  void bringsBackTokensAndBlocksAsTheyWere() throws IOException {
    List<Batch> batches =
        List.of(
            new Batch("first", List.of(block(1), block(70_000))),
            new Batch("second", List.of(block(3))));

    assertThat(roundTrip(batches)).isEqualTo(batches);
  }

  @Test
  void bringsBackAnEmptyState() throws IOException {
    assertThat(roundTrip(List.of())).isEmpty();
  }

  @Test
  void refusesAVersionItDoesNotKnowAndSaysWhatToDo() throws IOException {
    byte[] state = serializer.serialize(state(List.of(new Batch("t", List.of(block(5))))));

    assertThatIOException()
        .isThrownBy(() -> serializer.deserialize(99, state))
        .withMessageContaining("version 99")
        .withMessageContaining("Resume with the release");
  }

  @Test
  void refusesStateThatIsCutShortOrTooLong() throws IOException {
    byte[] state = serializer.serialize(state(List.of(new Batch("t", List.of(block(5))))));

    assertThatIOException()
        .isThrownBy(() -> serializer.deserialize(1, Arrays.copyOf(state, state.length - 1)));
    assertThatIOException()
        .isThrownBy(() -> serializer.deserialize(1, Arrays.copyOf(state, state.length + 1)))
        .withMessageContaining("1 bytes too many");
  }

  private List<Batch> roundTrip(List<Batch> batches) throws IOException {
    return serializer
        .deserialize(serializer.getVersion(), serializer.serialize(state(batches)))
        .getBufferedRequestEntries()
        .stream()
        .map(RequestEntryWrapper::getRequestEntry)
        .toList();
  }

  private static BufferedRequestState<Batch> state(List<Batch> batches) {
    return new BufferedRequestState<>(batches.stream().map(Gate::wrap).toList());
  }
}
