package io.sluice.containers;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.GenericContainer;

/**
 * Starts containers, or says in one sentence why it cannot and what to do. Whoever asks for these
 * tests by {@code -Pcontainers} wants to know that they did not run: nothing is skipped.
 */
final class Docker {
  private Docker() {}

  /** Why no test can run. Without a stack trace: the sentence is all there is to know. */
  static final class CannotRunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotRunException(String sentence) {
      super(sentence, null, false, false);
    }

    static CannotRunException noDaemon() {
      return new CannotRunException(
          "No Docker daemon answers, and -Pcontainers needs one: start Docker or let DOCKER_HOST"
              + " name one, or leave out -Pcontainers (target/containers.log has what was tried).");
    }

    static CannotRunException noImage(Image image, Throwable reason) {
      return new CannotRunException(
          "Image %s is not on this machine and cannot be pulled (%s): make it available, for example by docker pull or docker load, or name another by -D%s=NAME:TAG."
              .formatted(
                  image.dockerName().asCanonicalNameString(), oneLine(reason), image.property()));
    }

    private static String oneLine(Throwable reason) {
      String message = reason.getMessage() == null ? reason.toString() : reason.getMessage();
      return message.strip().replaceAll("\\s+", " ");
    }
  }

  /** The host under which published ports are reached. */
  static String host() {
    requireDaemon();
    return DockerClientFactory.instance().dockerHostIpAddress();
  }

  static void requireDaemon() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      throw CannotRunException.noDaemon();
    }
  }

  /**
   * Starts a container and waits until it is ready.
   *
   * @throws CannotRunException if there is no Docker or no image
   * @throws org.testcontainers.containers.ContainerLaunchException if it does not get ready; has
   *     the container's log
   */
  static <C extends GenericContainer<?>> C start(Image image, C container) {
    requireDaemon();
    try {
      container.start();
      return container;
    } catch (RuntimeException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof ContainerFetchException) {
          throw CannotRunException.noImage(image, root(cause));
        }
      }
      throw e;
    }
  }

  private static Throwable root(Throwable throwable) {
    Throwable root = throwable;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
