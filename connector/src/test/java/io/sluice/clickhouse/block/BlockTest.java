package io.sluice.clickhouse.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BlockTest {
  private static final ArrivalTimes TWO_ROWS = ArrivalTimes.of(new long[] {5, 1_700}, 0, 2);

  private final Block block = new Block(new byte[] {1, 2, 3}, 2, 300, TWO_ROWS);

  @Test
  void comesBackFromItsBinaryForm() throws IOException {
    Block read = read(written());
    assertThat(read).isEqualTo(block);
    assertThat(read.frame()).containsExactly(1, 2, 3);
    assertThat(read.rawBytes()).isEqualTo(300);
    assertThat(read.rowCount()).isEqualTo(2);
    assertThat(read.arrivals()).isEqualTo(TWO_ROWS);
  }

  @Test
  void refusesBytesThatEndEarly() throws IOException {
    byte[] bytes = written();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(cut));
    }
  }

  @Test
  void refusesBytesWhoseRowCountIsNotThatOfTheArrivals() throws IOException {
    byte[] bytes = written();
    bytes[0] = 3;
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> read(bytes))
        .withMessage("corrupt block");
  }

  @Test
  void refusesValuesThatNoEncoderGives() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Block(new byte[0], 2, 300, TWO_ROWS))
        .withMessageContaining("frame");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Block(new byte[1], 1, 300, TWO_ROWS))
        .withMessageContaining("rowCount: 1 with 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Block(new byte[1], 2, 0, TWO_ROWS))
        .withMessageContaining("rawBytes: 0");
  }

  private byte[] written() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    block.writeTo(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static Block read(byte[] bytes) throws IOException {
    return Block.readFrom(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
