package io.sluice.sandbox.proxy;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds nginx and says how to start it as an unprivileged, rate-limiting proxy. */
public final class NginxProxy {
  private NginxProxy() {}

  /** The nginx on this machine's PATH or in a system folder, if there is one. */
  public static Optional<Path> find() {
    String path = System.getenv().getOrDefault("PATH", "");
    // Debian and others keep nginx off the PATH of ordinary users.
    return Stream.of((path + ":/usr/sbin:/usr/local/sbin").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "nginx"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Writes {@code nginx.conf} into {@code dir} and returns the command line that runs it in the
   * foreground. The access log is {@code dir/access.log}, to be read by {@link AccessLog#read}.
   */
  public static List<String> command(Path nginx, Path dir, ProxyConfig config) {
    Path home = dir.toAbsolutePath();
    Path file = home.resolve("nginx.conf");
    try {
      Files.createDirectories(home);
      Files.writeString(file, text(config, home));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the configuration of nginx", e);
    }
    // What goes wrong before the configuration is read must not go to /var/log.
    String errorLog = home.resolve("error.log").toString();
    return List.of(nginx.toString(), "-p", home.toString(), "-c", file.toString(), "-e", errorLog);
  }

  /**
   * The configuration file.
   *
   * <p>It needs no privileges: nginx runs in the foreground and keeps every file under {@code dir}.
   * One process without workers, so that killing its pid with -9 leaves nobody on the port. Request
   * bodies are buffered, as nginx does unless told otherwise.
   *
   * @param dir an absolute path; nginx takes relative ones from its own prefix
   */
  private static String text(ProxyConfig config, Path dir) {
    return """
        daemon off;
        master_process off;
        pid "%1$s/nginx.pid";
        error_log "%1$s/error.log" notice;

        events {
            worker_connections 256;
        }

        http {
            # One line per request: when it ended, what became of it, how large it was.
            log_format sluice '%2$s';
            access_log "%1$s/access.log" sluice;

            client_body_temp_path "%1$s/client_body_temp";
            proxy_temp_path "%1$s/proxy_temp";
            fastcgi_temp_path "%1$s/fastcgi_temp";
            uwsgi_temp_path "%1$s/uwsgi_temp";
            scgi_temp_path "%1$s/scgi_temp";

            limit_req_zone $binary_remote_addr zone=ch-limit:10m rate=%3$s;

            server {
                listen 127.0.0.1:%4$d;
                limit_req zone=ch-limit;
                client_max_body_size %5$d;

                location / {
                    proxy_pass http://127.0.0.1:%6$d;
                    proxy_send_timeout %7$dms;
                    proxy_read_timeout %7$dms;
                }
            }
        }
        """
        .formatted(
            dir,
            AccessLog.NGINX_FORMAT,
            config.rate(),
            config.port(),
            config.maxBodyBytes(),
            config.upstreamPort(),
            config.upstreamTimeout().toMillis());
  }
}
