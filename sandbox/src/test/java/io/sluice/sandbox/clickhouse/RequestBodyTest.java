package io.sluice.sandbox.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestBodyTest {
  @ParameterizedTest
  @ValueSource(strings = {"zstd", "gzip"})
  void joinsFramesAlsoWhenTheNextOneIsOnlyOnItsWay(String encoding) throws Exception {
    byte[] body = HttpLogRows.concat(encode(encoding, "one "), encode(encoding, "two"));

    InputStream decoded = RequestBody.decode(new OneByteAtATime(body), encoding);

    assertThat(decoded.readAllBytes()).asString().isEqualTo("one two");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd", "gzip"})
  void failsOnAFrameThatBreaksOff(String encoding) throws Exception {
    byte[] whole = HttpLogRows.concat(encode(encoding, "one "), encode(encoding, "two"));
    byte[] body = Arrays.copyOf(whole, whole.length - 1);

    assertThatThrownBy(
            () -> RequestBody.decode(new ByteArrayInputStream(body), encoding).readAllBytes())
        .isInstanceOf(IOException.class);
  }

  @Test
  void decodesFramesOfEverySizeUnchanged() throws Exception {
    Random random = new Random(7);
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size : new int[] {0, 1, 100, 131_071, 131_072, 131_073, 1_000_000}) {
      for (int variety : new int[] {1, 5, 256}) {
        byte[] part = new byte[size];
        for (int i = 0; i < size; i++) {
          part[i] = (byte) random.nextInt(variety);
        }
        plain.writeBytes(part);
        body.writeBytes(Zstd.compress(part));
      }
    }

    InputStream decoded = RequestBody.decode(new ByteArrayInputStream(body.toByteArray()), "zstd");

    assertThat(decoded.readAllBytes()).isEqualTo(plain.toByteArray());
  }

  @Test
  void failsOnWhatIsNotZstd() {
    InputStream raw = new ByteArrayInputStream("plain text".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> RequestBody.decode(raw, "zstd").readAllBytes())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not zstd");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd", "gzip", "identity"})
  void leavesTheRequestsOwnStreamOpen(String encoding) throws Exception {
    boolean[] closed = {false};
    InputStream raw =
        new FilterInputStream(new ByteArrayInputStream(encode(encoding, "one"))) {
          @Override
          public void close() {
            closed[0] = true;
          }
        };

    RequestBody.decode(raw, encoding).close();

    assertThat(closed[0]).isFalse();
  }

  private static byte[] encode(String encoding, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (encoding.equals("zstd")) {
      return Zstd.compress(bytes);
    }
    if (encoding.equals("identity")) {
      return bytes;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  /** As a slow network: nothing is ever known to be there before it is. */
  private static final class OneByteAtATime extends FilterInputStream {
    OneByteAtATime(byte[] bytes) {
      super(new ByteArrayInputStream(bytes));
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return super.read(target, offset, Math.min(length, 1));
    }

    @Override
    public int available() {
      return 0;
    }
  }
}
