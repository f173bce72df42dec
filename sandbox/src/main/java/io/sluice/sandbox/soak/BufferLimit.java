package io.sluice.sandbox.soak;

import io.sluice.sandbox.config.StackOptions;
import java.util.List;

/**
 * From how many bytes on the job holds back its source. It publishes no figure of that; this is its
 * rule, for one lane: {@code buffer.max-bytes}, but a fifth of the heap at most, and a request at
 * least.
 */
record BufferLimit(long configuredBytes, long requestMaxBytes) {
  private static final int HEAP_PER_BUFFER = 5;

  /**
   * @param jobArguments {@code --key value} pairs
   */
  static BufferLimit of(StackOptions stack, List<String> jobArguments) {
    String text = jobArguments.get(jobArguments.indexOf("--buffer.max-bytes") + 1);
    return new BufferLimit(bytes(text), stack.proxyMaxBodyBytes());
  }

  private static long bytes(String text) {
    return text.endsWith("m")
        ? Long.parseLong(text.substring(0, text.length() - 1)) << 20
        : Long.parseLong(text);
  }

  /**
   * @param heapMaxBytes of the TaskManager
   */
  long bytes(long heapMaxBytes) {
    return Math.min(configuredBytes, Math.max(requestMaxBytes, heapMaxBytes / HEAP_PER_BUFFER));
  }
}
