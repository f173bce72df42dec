package io.sluice.clickhouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import org.apache.hc.core5.http.HttpEntity;
import org.junit.jupiter.api.Test;

class ExchangeTest {
  private final Exchange exchange =
      new Exchange(
          Requests.endpoint(URI.create("http://host:8124"), Requests.PATIENT),
          new InsertRequest(
              Requests.STATEMENT, "token", List.of(new byte[] {1, 2}, new byte[] {3})),
          true);
  private final HttpEntity body = exchange.post.getEntity();

  @Test
  void writesTheFramesOneAfterTheOther() throws IOException {
    assertThat(exchange.bodyStarted).isFalse();
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    body.writeTo(out);
    exchange.answered();

    assertThat(out.toByteArray()).containsExactly(1, 2, 3);
    assertThat(body.getContentLength()).isEqualTo(3);
    assertThat(body.getContentEncoding()).isEqualTo("zstd");
    assertThat(exchange.answeredBeforeBodyEnd).isFalse();
  }

  @Test
  void anAnswerBeforeTheBodyIsNoneToItEvenIfTheBodyIsSentAfterwards() throws IOException {
    exchange.answered();
    body.writeTo(OutputStream.nullOutputStream());

    assertThat(exchange.answeredBeforeBodyEnd).isTrue();
  }

  /** Not before the last flush. */
  @Test
  void isStartedButNotCompleteUntilAllIsHandedOver() throws IOException {
    body.writeTo(
        new OutputStream() {
          @Override
          public void write(int b) {
            assertThat(exchange.bodyStarted).isTrue();
          }

          @Override
          public void flush() {
            exchange.answered();
          }
        });

    assertThat(exchange.answeredBeforeBodyEnd).isTrue();
  }

  @Test
  void isNeverCompleteWhenTheConnectionBreaks() {
    assertThatIOException()
        .isThrownBy(
            () ->
                body.writeTo(
                    new OutputStream() {
                      @Override
                      public void write(int b) throws IOException {
                        throw new IOException("broken pipe");
                      }
                    }));
    exchange.answered();

    assertThat(exchange.bodyStarted).isTrue();
    assertThat(exchange.answeredBeforeBodyEnd).isTrue();
  }
}
