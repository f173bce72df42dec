package io.sluice.sandbox.clickhouse;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * A user who may use the server, for whatever there is. ClickHouse takes name and password from
 * headers of its own, from basic authentication, or from the URL, in this order.
 */
record Credentials(String user, String password) {
  private static final String BASIC = "Basic ";

  private static final String DEFAULT_USER = "default";

  /**
   * Reads {@code name:password}; the password may have colons, and may be missing.
   *
   * @throws IllegalArgumentException if there is no name
   */
  static Credentials parse(String pair) {
    int colon = pair.indexOf(':');
    String user = colon < 0 ? pair : pair.substring(0, colon);
    if (user.isBlank()) {
      throw new IllegalArgumentException("an account is name:password; there is no name");
    }
    return new Credentials(user, colon < 0 ? "" : pair.substring(colon + 1));
  }

  /** Throws AUTHENTICATION_FAILED unless the request carries one of these credentials. */
  static void check(List<Credentials> known, Headers headers, RequestParameters parameters)
      throws ClickHouseException {
    Credentials given = given(headers, parameters);
    if (!known.contains(given)) {
      throw ClickHouseException.of(
          516,
          "AUTHENTICATION_FAILED",
          given.user
              + ": Authentication failed: password is incorrect,"
              + " or there is no user with such name.");
    }
  }

  private static Credentials given(Headers headers, RequestParameters parameters) {
    String user = headers.getFirst("X-ClickHouse-User");
    String key = headers.getFirst("X-ClickHouse-Key");
    if (user != null || key != null) {
      return new Credentials(user == null ? DEFAULT_USER : user, key == null ? "" : key);
    }
    String authorization = headers.getFirst("Authorization");
    if (authorization != null && authorization.startsWith(BASIC)) {
      return ofBasic(authorization.substring(BASIC.length()).strip());
    }
    return new Credentials(
        parameters.get("user").orElse(DEFAULT_USER), parameters.get("password").orElse(""));
  }

  private static Credentials ofBasic(String encoded) {
    try {
      return parse(new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException nobody) {
      return new Credentials("", "");
    }
  }

  @Override
  public String toString() {
    return "Credentials[" + user + "]";
  }
}
