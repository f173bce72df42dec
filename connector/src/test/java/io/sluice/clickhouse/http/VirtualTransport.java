package io.sluice.clickhouse.http;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;

/** A model of the network in the place of sockets; all above them is the real client. */
public final class VirtualTransport extends CloseableHttpClient {
  private final Network network;
  private final Runnable onAnswer;

  /** What happens to a request between client and server. */
  public interface Network {
    /**
     * Carries one request, and returns when the client has its answer.
     *
     * @param onAnswer to be called when the head of the answer arrives
     * @throws IOException if there is none
     */
    ClassicHttpResponse exchange(HttpPost post, Runnable onAnswer) throws IOException;
  }

  private VirtualTransport(Network network, Runnable onAnswer) {
    this.network = network;
    this.onAnswer = onAnswer;
  }

  /** The real client on top of a model. */
  public static ClickHouseClient client(
      Endpoint endpoint,
      Network network,
      ScheduledExecutorService deadlines,
      LongSupplier nanoTime,
      LongSupplier epochMilli) {
    return new ClickHouseClient(
        endpoint,
        onAnswer -> new VirtualTransport(network, onAnswer),
        deadlines,
        nanoTime,
        () -> Instant.ofEpochMilli(epochMilli.getAsLong()));
  }

  @Override
  public ClassicHttpResponse executeOpen(
      HttpHost target, ClassicHttpRequest request, HttpContext context) throws IOException {
    return network.exchange((HttpPost) request, onAnswer);
  }

  @Override
  protected CloseableHttpResponse doExecute(
      HttpHost target, ClassicHttpRequest request, HttpContext context) throws IOException {
    throw new ClientProtocolException("answers are read as they come, by executeOpen");
  }

  @Override
  public void close(CloseMode closeMode) {}

  @Override
  public void close() {}
}
