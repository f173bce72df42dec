package io.sluice.sandbox.clickhouse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.HexFormat;
import java.util.Locale;

/** What charts filter and group by. */
enum Dimension {
  RESOURCE_ID,
  RESPONSE_STATUS,
  CACHE_STATUS,
  NETWORK;

  String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The column, as text that any bytes survive. */
  String expression() {
    return this == CACHE_STATUS ? "hex(cache_status)" : column();
  }

  /** What {@link #expression} prints for a row. */
  String of(LogRow row) {
    return switch (this) {
      case RESOURCE_ID -> Long.toUnsignedString(row.resourceId());
      case RESPONSE_STATUS -> Integer.toString(row.responseStatus());
      case CACHE_STATUS ->
          HexFormat.of().withUpperCase().formatHex(row.cacheStatus().getBytes(ISO_8859_1));
      case NETWORK -> Long.toUnsignedString(NetworkKey.of(row.remoteAddr()));
    };
  }

  /** The condition that leaves the rows with this value. */
  String condition(String printed) {
    return column() + " = " + (this == CACHE_STATUS ? "unhex('" + printed + "')" : printed);
  }
}
