package io.sluice.sandbox.clickhouse;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a request's URL says. As at ClickHouse's own server, every parameter that is not one of the
 * HTTP interface is a setting.
 */
final class RequestParameters {
  /** Of the HTTP interface, not of the engine. Those that shape the answer's timing do nothing. */
  private static final Set<String> NOT_SETTINGS =
      Set.of(
          "query",
          "database",
          "default_format",
          "user",
          "password",
          "query_id",
          "wait_end_of_query",
          "buffer_size");

  /** Of the HTTP interface too, but not without consequence: better refused than ignored. */
  private static final Set<String> UNSUPPORTED =
      Set.of("compress", "decompress", "session_id", "session_timeout", "session_check", "role");

  /** Names go into a SET statement as they are. */
  private static final Pattern SETTING_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final Map<String, String> parameters;

  private RequestParameters(Map<String, String> parameters) {
    this.parameters = parameters;
  }

  /**
   * Reads the part of a URL after its question mark.
   *
   * @param rawQuery still encoded; null for a URL without one
   * @throws ClickHouseException if it asks for what this server does not do, or names no setting
   */
  static RequestParameters parse(String rawQuery) throws ClickHouseException {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : rawQuery == null ? new String[0] : rawQuery.split("&")) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (UNSUPPORTED.contains(name)) {
        if (!value.equals("0") && !value.isEmpty()) {
          throw ClickHouseException.of(
              48, "NOT_IMPLEMENTED", "'" + name + "' is not supported here");
        }
      } else if (SETTING_NAME.matcher(name).matches()) {
        parameters.put(name, value);
      } else if (!name.isEmpty()) {
        throw ClickHouseException.of(115, "UNKNOWN_SETTING", "Unknown setting '" + name + "'");
      }
    }
    return new RequestParameters(parameters);
  }

  private static String decode(String text) throws ClickHouseException {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ClickHouseException.of(36, "BAD_ARGUMENTS", "the URL is not well-formed: " + text);
    }
  }

  Optional<String> get(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /** What is to be SET on the session, in the order of the URL. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>(parameters);
    settings.keySet().removeAll(NOT_SETTINGS);
    return settings;
  }
}
