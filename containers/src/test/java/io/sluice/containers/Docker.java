package io.sluice.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.ImageNameSubstitutor;

/**
 * Starts containers, or says in one sentence why it cannot and what to do. Whoever asks for these
 * tests by {@code -Pcontainers} wants to know that they did not run: nothing is skipped.
 */
final class Docker {
  private static final Map<Image, Optional<CannotRunException>> LOOKED_FOR =
      new EnumMap<>(Image.class);

  private Docker() {}

  /** Why no test can run. Without a stack trace: the sentence is all there is to know. */
  static final class CannotRunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotRunException(String sentence) {
      super(sentence, null, false, false);
    }
  }

  /** The host under which published ports are reached. */
  static String host() {
    requireDaemon();
    return DockerClientFactory.instance().dockerHostIpAddress();
  }

  static void requireDaemon() {
    try {
      DockerClientFactory.instance().client();
    } catch (RuntimeException e) {
      throw new CannotRunException(
          "Docker cannot be used, and -Pcontainers needs it (%s): start its daemon or let DOCKER_HOST name one, or leave out -Pcontainers; target/containers.log has what was tried."
              .formatted(reason(e)));
    }
  }

  /**
   * Starts a container and waits until it is ready.
   *
   * @throws CannotRunException if there is no Docker or no image
   * @throws org.testcontainers.containers.ContainerLaunchException if it does not get ready; {@code
   *     target/containers.log} has what the container said
   */
  static <C extends GenericContainer<?>> C start(Image image, C container) {
    requireDaemon();
    requireImage(image);
    container.start();
    return container;
  }

  /** Pulls it once. Testcontainers would try for minutes, for each class of tests anew. */
  private static synchronized void requireImage(Image image) {
    LOOKED_FOR
        .computeIfAbsent(image, Docker::reasonAgainst)
        .ifPresent(
            reason -> {
              throw reason;
            });
  }

  private static Optional<CannotRunException> reasonAgainst(Image image) {
    String name = ImageNameSubstitutor.instance().apply(image.dockerName()).asCanonicalNameString();
    DockerClient docker = DockerClientFactory.instance().client();
    try {
      docker.inspectImageCmd(name).exec();
      return Optional.empty();
    } catch (NotFoundException notHere) {
      try {
        docker.pullImageCmd(name).start().awaitCompletion();
        return Optional.empty();
      } catch (RuntimeException e) {
        return Optional.of(
            new CannotRunException(
                "Image %s is not on this machine and cannot be pulled (%s): bring it here by docker pull or docker load, or name another by -D%s=NAME:TAG."
                    .formatted(name, reason(e), image.property())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private static String reason(Throwable failure) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return message.strip().replaceAll("\\s+", " ");
  }
}
