package io.sluice.clickhouse.http;

import java.io.Serializable;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.HttpHost;

/**
 * Where requests go, and as whom: the proxy in front of ClickHouse, or ClickHouse itself.
 *
 * @param url http or https, with an optional port and path prefix; no query, fragment or
 *     credentials
 * @param user empty for the server's default user
 * @param password may be empty; never part of {@link #toString}
 */
public record Endpoint(
    URI url, String user, String password, Timeouts timeouts, Authorities authorities)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int MAX_PORT = 65_535;
  private static final Pattern AUTHORITY =
      Pattern.compile(
          "(?<host>\\[[0-9A-Fa-f:.]+(?:%[A-Za-z0-9._~-]+)?]"
              + "|[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?\\.?)(?::(?<port>\\d{1,5}))?");

  /** Quotes nothing of what is wrong. */
  public Endpoint {
    try {
      requireUsable(url);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("endpoints: one " + e.getMessage());
    }
    if (!fitsAHeader(user) || !fitsAHeader(password)) {
      throw new IllegalArgumentException(
          "credentials: user or password is null, begins or ends with a blank, or has control"
              + " characters; headers lose those");
    }
  }

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

  /**
   * Says what is wrong with a URL as the end of a sentence, without a word of it: it may hold a
   * password.
   */
  public static void requireUsable(URI url) {
    String authority = url.getRawAuthority();
    if (!"http".equalsIgnoreCase(url.getScheme()) && !"https".equalsIgnoreCase(url.getScheme())) {
      throw new IllegalArgumentException("does not begin with http:// or https://");
    }
    if (authority != null && authority.indexOf('@') >= 0) {
      throw new IllegalArgumentException(
          "has a user or password, which have settings of their own");
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "has a query or fragment, which requests bring themselves");
    }
    String port = authority(url).group("port");
    if (port != null && (Integer.parseInt(port) < 1 || Integer.parseInt(port) > MAX_PORT)) {
      throw new IllegalArgumentException("has a port that is not from 1 to " + MAX_PORT);
    }
  }

  private static Matcher authority(URI url) {
    Matcher matcher = AUTHORITY.matcher(Objects.requireNonNullElse(url.getRawAuthority(), ""));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "has no host of letters, digits, '-', '_' and '.', or IPv6 in brackets, or no number as"
              + " port");
    }
    return matcher;
  }

  /**
   * Where it leads, in one spelling: equal for URLs that differ in the case of scheme and host, in
   * a port that is the scheme's own, in how an IPv6 address is written, in slashes at the end.
   */
  public static String address(URI url) {
    Matcher matcher = authority(url);
    String scheme = url.getScheme().toLowerCase(Locale.ROOT);
    int ownPort = scheme.equals("https") ? 443 : 80;
    int port = matcher.group("port") == null ? ownPort : Integer.parseInt(matcher.group("port"));
    return "%s://%s:%d%s"
        .formatted(
            scheme,
            hostInOneSpelling(matcher.group("host").toLowerCase(Locale.ROOT)),
            port,
            url.normalize().getRawPath().replaceAll("/+$", ""));
  }

  private static String hostInOneSpelling(String host) {
    if (!host.startsWith("[")) {
      return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }
    try {
      // A literal is not looked up. The zone may be one of another machine.
      return InetAddress.getByName(host.replaceAll("%[^]]*", "")).getHostAddress();
    } catch (UnknownHostException notALiteral) {
      return host;
    }
  }

  /** The proxy as Apache's client takes it; {@link URI#getHost} knows no underscores. */
  HttpHost httpHost() {
    Matcher matcher = authority(url);
    String port = matcher.group("port");
    return new HttpHost(
        url.getScheme(), matcher.group("host"), port == null ? -1 : Integer.parseInt(port));
  }

  /** Whether a header carries this text as it is: it would lose blanks at the ends. */
  public static boolean fitsAHeader(String text) {
    return text != null
        && text.chars().noneMatch(Character::isISOControl)
        && text.equals(text.strip());
  }

  @Override
  public String toString() {
    return "Endpoint[url=" + url + "]";
  }
}
