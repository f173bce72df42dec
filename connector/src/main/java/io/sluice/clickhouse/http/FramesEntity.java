package io.sluice.clickhouse.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/**
 * The body of one request, written from the frames as they are, and what is known of its way:
 * whether it started, and whether all of it was handed over. Used for one request only.
 */
final class FramesEntity extends AbstractHttpEntity {
  private final List<byte[]> frames;
  private final long contentLength;
  private volatile boolean started;
  private volatile boolean complete;

  FramesEntity(InsertRequest request) {
    super(ContentType.APPLICATION_OCTET_STREAM, "zstd", false);
    this.frames = request.frames();
    this.contentLength = request.contentLength();
  }

  /** Whether a byte of the body may have left this machine. */
  boolean started() {
    return started;
  }

  /** Whether every byte was written to the connection. */
  boolean complete() {
    return complete;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    started = true;
    for (byte[] frame : frames) {
      out.write(frame);
    }
    out.flush();
    complete = true;
  }

  @Override
  public long getContentLength() {
    return contentLength;
  }

  /** The client library never calls this; a caller gets the same bytes. */
  @Override
  public InputStream getContent() {
    return new SequenceInputStream(
        Collections.enumeration(frames.stream().map(ByteArrayInputStream::new).toList()));
  }

  /** No: every sending is one request of its own, decided on by the caller. */
  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public boolean isStreaming() {
    return true;
  }

  @Override
  public void close() {}
}
