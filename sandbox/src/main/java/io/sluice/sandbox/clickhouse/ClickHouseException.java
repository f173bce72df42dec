package io.sluice.sandbox.clickhouse;

import com.sun.jna.Pointer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A refusal by ClickHouse: its error code and text. */
final class ClickHouseException extends Exception {
  private static final long serialVersionUID = 1L;

  /** ClickHouse's UNKNOWN_EXCEPTION, for a text without a code. */
  static final int UNKNOWN_EXCEPTION = 1002;

  private static final Pattern CODE = Pattern.compile("Code: (\\d+)\\.");

  private final int code;

  ClickHouseException(int code, String text) {
    super(text);
    this.code = code;
  }

  /** An error in the form in which ClickHouse's own server words it. */
  static ClickHouseException of(int code, String name, String text) {
    return new ClickHouseException(
        code, "Code: " + code + ". DB::Exception: " + text + " (" + name + ")");
  }

  /** Throws if the engine handed out an error text. */
  static void throwIf(Pointer error) throws ClickHouseException {
    if (error != null) {
      throw parse(error.getString(0, "UTF-8"));
    }
  }

  static ClickHouseException parse(String text) {
    Matcher matcher = CODE.matcher(text);
    int code = matcher.find() ? Integer.parseInt(matcher.group(1)) : UNKNOWN_EXCEPTION;
    return new ClickHouseException(code, text);
  }

  int code() {
    return code;
  }
}
