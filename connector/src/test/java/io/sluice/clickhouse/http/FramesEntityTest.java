package io.sluice.clickhouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FramesEntityTest {
  private static final InsertStatement STATEMENT =
      new InsertStatement("logs", "http_log", List.of("url"));

  private final FramesEntity entity =
      new FramesEntity(
          new InsertRequest(STATEMENT, "token", List.of(new byte[] {1, 2}, new byte[] {3}), 1));

  @Test
  void writesTheFramesOneAfterTheOther() throws IOException {
    assertThat(entity.started()).isFalse();
    assertThat(entity.complete()).isFalse();
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    entity.writeTo(out);

    assertThat(out.toByteArray()).containsExactly(1, 2, 3);
    assertThat(entity.getContentLength()).isEqualTo(3);
    assertThat(entity.getContent()).hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(entity.complete()).isTrue();
  }

  /** An answer that comes meanwhile is none to all of the body. */
  @Test
  void isStartedButNotCompleteUntilAllIsHandedOver() throws IOException {
    List<Boolean> whileWriting = new ArrayList<>();

    entity.writeTo(
        new OutputStream() {
          @Override
          public void write(int b) {
            whileWriting.add(entity.complete());
          }

          @Override
          public void flush() {
            assertThat(entity.started()).isTrue();
            whileWriting.add(entity.complete());
          }
        });

    assertThat(whileWriting).hasSize(4).containsOnly(false);
  }

  @Test
  void isNeverCompleteWhenTheConnectionBreaks() {
    assertThatIOException()
        .isThrownBy(
            () ->
                entity.writeTo(
                    new OutputStream() {
                      @Override
                      public void write(int b) throws IOException {
                        throw new IOException("broken pipe");
                      }
                    }));

    assertThat(entity.started()).isTrue();
    assertThat(entity.complete()).isFalse();
  }
}
