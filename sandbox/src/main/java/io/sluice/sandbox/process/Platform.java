package io.sluice.sandbox.process;

import io.sluice.sandbox.SandboxException;
import java.util.Locale;

/** The machines that the sandbox's processes exist for: Linux and macOS, x86-64 and arm64. */
public record Platform(String osName, String architecture) {
  public static Platform current() {
    return new Platform(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  public boolean isSupported() {
    String os = osName.toLowerCase(Locale.ROOT);
    return (os.startsWith("linux") || os.startsWith("mac"))
        && switch (architecture.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64", "aarch64", "arm64" -> true;
          default -> false;
        };
  }

  /**
   * Lets only supported machines pass.
   *
   * @throws SandboxException on any other machine, with the way out
   */
  public void requireSupported() {
    if (!isSupported()) {
      throw SandboxException.failed(
          "the sandbox runs on Linux and macOS, x86-64 and arm64; this is "
              + osName
              + " on "
              + architecture
              + ". Use the containers instead: docker compose up");
    }
  }
}
