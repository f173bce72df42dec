package io.sluice.clickhouse;

import java.io.Serializable;
import java.net.URI;

/**
 * Where requests go, and as whom: the proxy in front of ClickHouse, or ClickHouse itself.
 *
 * @param url http or https, with an optional port and path prefix; no query, fragment or
 *     credentials
 * @param user sent as {@code X-ClickHouse-User}; empty for the server's default user
 * @param password sent as {@code X-ClickHouse-Key}; may be empty; never part of {@link #toString}
 * @param timeouts for every request to it
 */
public record Endpoint(URI url, String user, String password, Timeouts timeouts)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * @throws IllegalArgumentException if the URL is of another form, or a credential cannot be sent
   *     in a header
   */
  public Endpoint {
    if (url.getRawUserInfo() != null) {
      // The URL itself must not be quoted here.
      throw new IllegalArgumentException(
          "endpoint.url contains credentials; allowed: none, they have settings of their own");
    }
    boolean http = "http".equalsIgnoreCase(url.getScheme());
    boolean https = "https".equalsIgnoreCase(url.getScheme());
    if (!(http || https) || url.getHost() == null || url.getPort() > 65_535 || url.getPort() == 0) {
      throw new IllegalArgumentException(
          "endpoint.url is '%s'; allowed: http://host[:port][/path] or https://, the host of letters, digits, '-' and '.'"
              .formatted(url));
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "endpoint.url is '%s'; allowed: no query and no fragment".formatted(url));
    }
    requireHeaderText("user", user, "'" + user + "'");
    requireHeaderText("password", password, "not shown");
    if (timeouts == null) {
      throw new IllegalArgumentException("endpoint.timeouts is null; allowed: any Timeouts");
    }
  }

  /** Where {@code request} is posted to. */
  URI requestUrl(InsertRequest request) {
    String path = url.getRawPath();
    return URI.create(
        "%s://%s%s?%s"
            .formatted(
                url.getScheme(),
                url.getRawAuthority(),
                path == null || path.isEmpty() ? "/" : path,
                request.urlQuery()));
  }

  private static void requireHeaderText(String field, String value, String shown) {
    if (value == null
        || value.chars().anyMatch(Character::isISOControl)
        || !value.equals(value.strip())) {
      throw new IllegalArgumentException(
          "endpoint.%s is %s; allowed: text without control characters and without blanks at its ends"
              .formatted(field, shown));
    }
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "Endpoint[url=" + url + ", user=" + user + "]";
  }
}
