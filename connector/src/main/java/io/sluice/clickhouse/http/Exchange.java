package io.sluice.clickhouse.http;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.classic.methods.HttpPost;

/**
 * One request on its way. The thread that sends it blocks; {@link #stop} may come from any other.
 */
final class Exchange {
  private final HttpPost post;
  private final FramesEntity body;
  private final AtomicReference<RequestFailure> stoppedBy = new AtomicReference<>();
  private volatile boolean answeredBeforeBodyEnd;

  /**
   * @param asksFirst whether the body waits for the proxy's {@code 100 Continue}
   */
  Exchange(Endpoint endpoint, InsertRequest request, boolean asksFirst) {
    body = new FramesEntity(request);
    post = new HttpPost(endpoint.requestUrl(request));
    post.setEntity(body);
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

  HttpPost post() {
    return post;
  }

  /** The head of a response arrived, 1xx excepted. */
  void answered() {
    if (!body.complete()) {
      answeredBeforeBodyEnd = true;
    }
  }

  /** Whether the answer came before the server had all of the body. */
  boolean answeredBeforeBodyEnd() {
    return answeredBeforeBodyEnd;
  }

  boolean asksFirst() {
    return post.containsHeader("Expect");
  }

  boolean bodyStarted() {
    return body.started();
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
