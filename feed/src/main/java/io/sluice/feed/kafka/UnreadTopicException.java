package io.sluice.feed.kafka;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** The job was resumed with another topic before the former one was read; no restart mends that. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
final class UnreadTopicException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadTopicException(String message) {
    super(message);
  }
}
