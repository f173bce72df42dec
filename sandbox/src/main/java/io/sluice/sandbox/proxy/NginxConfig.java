package io.sluice.sandbox.proxy;

import java.nio.file.Path;

/** Writes {@code nginx.conf}. */
final class NginxConfig {
  /** The name of the access log within nginx's folder. */
  private static final String ACCESS_LOG = "access.log";

  private NginxConfig() {}

  /**
   * The configuration file.
   *
   * <p>It needs no privileges: nginx runs in the foreground and keeps every file under {@code dir}.
   * One process without workers, so that killing its pid with -9 leaves nobody on the port. Request
   * bodies are buffered, as nginx does unless told otherwise.
   *
   * @param dir an absolute path; nginx takes relative ones from its own prefix
   */
  static String text(ProxyConfig config, Path dir) {
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
            access_log "%1$s/%3$s" sluice;

            client_body_temp_path "%1$s/client_body_temp";
            proxy_temp_path "%1$s/proxy_temp";
            fastcgi_temp_path "%1$s/fastcgi_temp";
            uwsgi_temp_path "%1$s/uwsgi_temp";
            scgi_temp_path "%1$s/scgi_temp";

            limit_req_zone $binary_remote_addr zone=ch-limit:10m rate=%4$s;

            server {
                listen 127.0.0.1:%5$d;
                limit_req zone=ch-limit;
                client_max_body_size %6$d;

                location / {
                    proxy_pass http://127.0.0.1:%7$d;
                    proxy_send_timeout %8$dms;
                    proxy_read_timeout %8$dms;
                }
            }
        }
        """
        .formatted(
            dir,
            AccessLog.NGINX_FORMAT,
            ACCESS_LOG,
            config.rate(),
            config.port(),
            config.maxBodyBytes(),
            config.upstreamPort(),
            config.upstreamTimeout().toMillis());
  }
}
