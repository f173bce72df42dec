package io.sluice.sandbox.proxy;

import io.sluice.ops.capacity.ProxyRate;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds nginx and says how to start it as an unprivileged, rate-limiting proxy. */
public final class NginxProxy {
  /** Where Debian and others keep nginx, off the PATH of ordinary users. */
  private static final List<String> SYSTEM_FOLDERS = List.of("/usr/sbin", "/usr/local/sbin");

  private NginxProxy() {}

  /** The nginx on this machine's PATH or in a system folder, if there is one. */
  public static Optional<Path> find() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(
            Stream.of(path.split(File.pathSeparator)).filter(folder -> !folder.isEmpty()),
            SYSTEM_FOLDERS.stream())
        .map(folder -> Path.of(folder, "nginx"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Writes {@code nginx.conf} into {@code dir} and returns the command line that runs it in the
   * foreground. The access log is {@code dir/access.log}, to be read by {@link AccessLog#read}.
   *
   * @throws IOException if the file cannot be written
   */
  public static List<String> command(
      Path nginx, Path dir, int port, int upstreamPort, ProxyRate rate, long maxBodyBytes)
      throws IOException {
    return command(
        nginx,
        dir,
        new ProxyConfig(
            port, upstreamPort, rate, maxBodyBytes, ProxyConfig.DEFAULT_UPSTREAM_TIMEOUT));
  }

  /** As above, with every setting. */
  static List<String> command(Path nginx, Path dir, ProxyConfig config) throws IOException {
    Path home = dir.toAbsolutePath();
    Files.createDirectories(home);
    Path file = home.resolve("nginx.conf");
    Files.writeString(file, NginxConfig.text(config, home));
    return List.of(
        nginx.toString(),
        "-p",
        home.toString(),
        "-c",
        file.toString(),
        // What goes wrong before the configuration is read must not go to /var/log.
        "-e",
        home.resolve("error.log").toString());
  }
}
