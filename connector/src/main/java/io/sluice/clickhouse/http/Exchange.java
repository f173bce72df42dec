package io.sluice.clickhouse.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityTemplate;

/**
 * One request on its way. The thread that sends it blocks; {@link #stop} may come from any other.
 */
final class Exchange {
  final HttpPost post;

  /** Whether the body waits for the proxy's {@code 100 Continue}. */
  final boolean asksFirst;

  /** Whether a byte of the body may have left this machine. */
  boolean bodyStarted;

  /** Whether the answer came before the server had all of the body. */
  boolean answeredBeforeBodyEnd;

  private boolean bodyComplete;
  private final AtomicReference<RequestFailure> stoppedBy = new AtomicReference<>();

  Exchange(Endpoint endpoint, InsertRequest request, boolean asksFirst) {
    this.asksFirst = asksFirst;
    post = new HttpPost(endpoint.requestUrl(request));
    post.setEntity(
        new EntityTemplate(
            request.contentLength(),
            ContentType.APPLICATION_OCTET_STREAM,
            "zstd",
            out -> write(request.frames(), out)));
    // One connection per request: after a window of silence a kept one may be dead without our
    // knowing. It also makes the library send none of the body once it is turned away, where it
    // would otherwise send up to 1 KiB to keep the connection usable.
    post.setHeader("Connection", "close");
    if (asksFirst) {
      post.setHeader("Expect", "100-continue");
    }
    if (!endpoint.user().isEmpty()) {
      post.setHeader("X-ClickHouse-User", endpoint.user());
    }
    if (!endpoint.password().isEmpty()) {
      post.setHeader("X-ClickHouse-Key", endpoint.password());
    }
  }

  private void write(List<byte[]> frames, OutputStream out) throws IOException {
    bodyStarted = true;
    for (byte[] frame : frames) {
      out.write(frame);
    }
    out.flush();
    bodyComplete = true;
  }

  /**
   * The head of a response arrived, 1xx excepted. The body may still be written after that: the
   * library does so when it is turned away by a status below 400.
   */
  void answered() {
    answeredBeforeBodyEnd |= !bodyComplete;
  }

  /** Closes the connection at once; the first reason counts. */
  void stop(RequestFailure why) {
    stoppedBy.compareAndSet(null, why);
    post.cancel();
  }

  /** Why it was stopped, or null if it was not. */
  RequestFailure stoppedBy() {
    return stoppedBy.get();
  }
}
