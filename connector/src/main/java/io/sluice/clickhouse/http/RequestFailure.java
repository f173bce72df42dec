package io.sluice.clickhouse.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;

/** Why a request ended without an answer that counts. */
enum RequestFailure {
  /** No connection: refused, no route, no such name, or no answer in time. */
  UNREACHABLE("cannot connect"),
  /** TLS: the certificate is not one that is trusted for this host. */
  UNTRUSTED("certificate not trusted"),
  /** The connection ended before the answer did. */
  CUT("connection cut"),
  /** The response, or the whole request, took longer than allowed. */
  TIMED_OUT("timed out"),
  /** The peer answered in something else than HTTP/1. */
  NOT_HTTP("answer is not HTTP"),
  /** {@link ClickHouseClient#close}. */
  ABORTED("aborted");

  final String words;

  RequestFailure(String words) {
    this.words = words;
  }

  /** What an exception of the HTTP library means; the order matters, they extend each other. */
  static RequestFailure of(IOException e) {
    if (e instanceof ConnectTimeoutException
        || e instanceof ConnectException
        || e instanceof NoRouteToHostException
        || e instanceof UnknownHostException) {
      return UNREACHABLE;
    }
    if (e instanceof SSLPeerUnverifiedException || e.getCause() instanceof CertificateException) {
      return UNTRUSTED;
    }
    if (e instanceof SocketTimeoutException) {
      return TIMED_OUT;
    }
    if (e instanceof ClientProtocolException
        || e instanceof MessageConstraintException
        || e instanceof MalformedChunkCodingException) {
      return NOT_HTTP;
    }
    return CUT;
  }
}
