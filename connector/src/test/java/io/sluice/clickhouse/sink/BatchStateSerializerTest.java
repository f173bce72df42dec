package io.sluice.clickhouse.sink;

import static io.sluice.clickhouse.block.Blocks.block;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.sluice.clickhouse.block.ArrivalTimes;
import io.sluice.clickhouse.block.Block;
import io.sluice.clickhouse.block.LaneElement;
import io.sluice.clickhouse.send.Batch;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.junit.jupiter.api.Test;

class BatchStateSerializerTest {
  private static final String BLOCKS_BEFORE_VERSION_3 =
      "00000001" // blocks
          + "0209" // rows, raw bytes
          + "00000000000003e8" // oldest arrival
          + "0202010101" // two seconds: 1 (zigzag) with one row, 1 later with one row
          + "03010203"; // the frame
  private static final String BLOCKS =
      "00000001" // blocks
          + "00000002" // rows
          + "0000000000000009" // raw bytes
          + "00000000000003e8" // oldest arrival
          + "00000000000007d0" // newest arrival
          + "00000003010203"; // the frame
  private static final Batch BATCH =
      new Batch(
          "token", List.of(new Block(new byte[] {1, 2, 3}, 2, 9, new ArrivalTimes(1_000, 2_000))));

  private final BatchStateSerializer serializer = new BatchStateSerializer();

  @Test
  void bringsBackTokensAndBlocksAsTheyWere() throws IOException {
    List<Batch> batches =
        List.of(
            new Batch("first", List.of(block(1), block(70_000))),
            new Batch("second", List.of(block(3))));

    assertThat(roundTrip(batches)).isEqualTo(batches);
  }

  /** What savepoints in the field hold: this text must never change. */
  @Test
  void readsVersion1AsItAlwaysWasAndKnowsNothingOfWhatWasSent() throws IOException {
    byte[] version1 =
        HexFormat.of().parseHex("00000001" + "0005746f6b656e" + BLOCKS_BEFORE_VERSION_3);

    assertThat(read(1, version1)).containsExactly(BATCH);
    assertThat(neverApplied(1, version1)).containsExactly(false);
  }

  /** What savepoints in the field hold: this text must never change. */
  @Test
  void readsVersion2AsItAlwaysWas() throws IOException {
    byte[] never = state("01", BLOCKS_BEFORE_VERSION_3);
    byte[] perhaps = state("00", BLOCKS_BEFORE_VERSION_3);

    assertThat(read(2, never)).containsExactly(BATCH);
    assertThat(neverApplied(2, never)).containsExactly(true);
    assertThat(read(2, perhaps)).containsExactly(BATCH);
    assertThat(neverApplied(2, perhaps)).containsExactly(false);
  }

  /** What savepoints in the field hold: this text must never change, only gain a successor. */
  @Test
  void writesAndReadsVersion3AsItAlwaysWas() throws IOException {
    byte[] never = state("01", BLOCKS);
    byte[] perhaps = state("00", BLOCKS);

    assertThat(serializer.getVersion()).isEqualTo(3);
    assertThat(serializer.serialize(state(new BatchState(BATCH, true)))).isEqualTo(never);
    assertThat(serializer.serialize(state(new BatchState(BATCH, false)))).isEqualTo(perhaps);
    assertThat(read(3, never)).containsExactly(BATCH);
    assertThat(neverApplied(3, never)).containsExactly(true);
    assertThat(read(3, perhaps)).containsExactly(BATCH);
    assertThat(neverApplied(3, perhaps)).containsExactly(false);
  }

  /** Numbers of several bytes, a first second before 1970, and rows of one second only. */
  @Test
  void reducesOlderListsOfSecondsToTheOldestAndTheNewest() throws IOException {
    assertThat(blocksOfVersion2("ac02" + "e807" + "fffffffffffffc18" + "02" + "01c801" + "0364"))
        .containsExactly(new Block(new byte[] {7}, 300, 1_000, new ArrivalTimes(-1_000, 2_000)));
    assertThat(blocksOfVersion2("02" + "09" + "00000000000003e9" + "01" + "0202"))
        .containsExactly(new Block(new byte[] {7}, 2, 9, new ArrivalTimes(1_001, 1_001)));
  }

  private List<Block> blocksOfVersion2(String beforeFrame) throws IOException {
    return read(2, state("00", "00000001" + beforeFrame + "0107")).get(0).blocks();
  }

  @Test
  void refusesStateOfAnyVersionThatIsCutAnywhere() {
    for (int version = 2; version <= 3; version++) {
      byte[] whole = state("01", version == 2 ? BLOCKS_BEFORE_VERSION_3 : BLOCKS);
      for (int length = 0; length < whole.length; length++) {
        byte[] cut = Arrays.copyOf(whole, length);
        int of = version;
        assertThatIOException().isThrownBy(() -> serializer.deserialize(of, cut));
      }
    }
  }

  @Test
  void refusesValuesThatNoBlockHas() {
    String noRows = BLOCKS.replace("00000002", "00000000");
    String newestBeforeOldest = BLOCKS.replace("03e8", "0fff");

    assertThatIOException()
        .isThrownBy(() -> serializer.deserialize(3, state("01", noRows)))
        .withMessage("Sink state is corrupt");
    assertThatIOException()
        .isThrownBy(() -> serializer.deserialize(3, state("01", newestBeforeOldest)))
        .withMessage("Sink state is corrupt");
    assertThatIOException()
        .isThrownBy(() -> serializer.deserialize(2, state("01", "00000001" + "ff".repeat(20))))
        .withMessageContaining("corrupt");
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
  void refusesStateThatIsTooLong() {
    byte[] state = state("01", BLOCKS);

    assertThatIOException()
        .isThrownBy(() -> serializer.deserialize(3, Arrays.copyOf(state, state.length + 1)))
        .withMessageContaining("1 bytes too many");
  }

  private List<Batch> roundTrip(List<Batch> batches) throws IOException {
    return read(serializer.getVersion(), serializer.serialize(state(batches)));
  }

  private List<Batch> read(int version, byte[] serialized) throws IOException {
    return serializer.deserialize(version, serialized).getBufferedRequestEntries().stream()
        .map(entry -> ((BatchState) entry.getRequestEntry()).batch())
        .toList();
  }

  private List<Boolean> neverApplied(int version, byte[] serialized) throws IOException {
    return serializer.deserialize(version, serialized).getBufferedRequestEntries().stream()
        .map(entry -> ((BatchState) entry.getRequestEntry()).neverApplied())
        .toList();
  }

  private static byte[] state(String neverApplied, String blocks) {
    return HexFormat.of().parseHex("00000001" + "0005746f6b656e" + neverApplied + blocks);
  }

  private static BufferedRequestState<LaneElement> state(BatchState entry) {
    return new BufferedRequestState<>(List.of(entry.entry()));
  }

  private static BufferedRequestState<LaneElement> state(List<Batch> batches) {
    return new BufferedRequestState<>(
        batches.stream().map(batch -> new BatchState(batch, false).entry()).toList());
  }
}
