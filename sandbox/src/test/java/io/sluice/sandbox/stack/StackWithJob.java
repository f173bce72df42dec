package io.sluice.sandbox.stack;

import io.sluice.sandbox.config.StackOptions;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A stack as tests of the job want it: it checkpoints often, and Kafka forgets nothing meanwhile.
 */
public final class StackWithJob {
  private StackWithJob() {}

  /**
   * Starts everything, and the job.
   *
   * @param proxyRate requests that the proxy admits, in nginx's notation
   */
  public static Stack start(Path dir, String proxyRate) {
    Stack stack = Stack.start(dir, options(proxyRate));
    stack.submitJob();
    return stack;
  }

  /** Without the job. */
  static StackOptions options(String proxyRate) {
    return StackOptions.onFreePorts()
        .withKafkaRetention(Duration.ofMinutes(10))
        .withProxyRate(proxyRate)
        .withCheckpointInterval(Duration.ofSeconds(1));
  }
}
