package io.sluice.sandbox.clickhouse;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/**
 * The one user who may use the server. ClickHouse takes name and password from headers of its own,
 * from basic authentication, or from the URL, in this order.
 */
record Credentials(String user, String password) {
  private static final String BASIC = "Basic ";

  /** ClickHouse's own default. */
  static final Credentials OPEN = new Credentials("default", "");

  /** Throws AUTHENTICATION_FAILED unless the request carries these credentials. */
  void check(Headers headers, RequestParameters parameters) throws ClickHouseException {
    Credentials given = given(headers, parameters);
    boolean same = given.user.equals(user) && sameSecret(given.password, password);
    if (!same) {
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
      return new Credentials(or(user, OPEN.user), or(key, ""));
    }
    String authorization = headers.getFirst("Authorization");
    if (authorization != null && authorization.startsWith(BASIC)) {
      return ofBasic(authorization.substring(BASIC.length()).strip());
    }
    return new Credentials(
        parameters.get("user").orElse(OPEN.user), parameters.get("password").orElse(""));
  }

  private static Credentials ofBasic(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0
          ? new Credentials(pair, "")
          : new Credentials(pair.substring(0, colon), pair.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      // Not base64: nobody's credentials.
      return new Credentials("", "");
    }
  }

  private static String or(String text, String otherwise) {
    return Optional.ofNullable(text).orElse(otherwise);
  }

  private static boolean sameSecret(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "Credentials[" + user + "]";
  }
}
