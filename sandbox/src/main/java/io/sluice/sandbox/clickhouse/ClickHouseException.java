package io.sluice.sandbox.clickhouse;

import com.sun.jna.Pointer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A refusal by ClickHouse: its error code and text. */
final class ClickHouseException extends Exception {
  private static final long serialVersionUID = 1L;

  /** ClickHouse's UNKNOWN_EXCEPTION, for a text without a code. */
  private static final int UNKNOWN_EXCEPTION = 1002;

  private static final Pattern CODE = Pattern.compile("Code: (\\d+)\\.");

  private final int code;

  private ClickHouseException(int code, String text) {
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

  /**
   * The HTTP status, as ClickHouse's own server maps it ({@code exceptionCodeToHTTPStatus.cpp}); a
   * client that tells errors apart by status must not see others here than there.
   */
  int status() {
    return switch (code) {
      // REQUIRED_PASSWORD
      case 194 -> 401;
      // UNKNOWN_USER, WRONG_PASSWORD, ACCESS_DENIED, SET_NON_GRANTED_ROLE, AUTHENTICATION_FAILED
      case 192, 193, 497, 512, 516 -> 403;
      // CANNOT_PARSE_…: text, escape sequence, quoted string, input, date, datetime, number, UUID
      case 6, 25, 26, 27, 38, 41, 72, 376 -> 400;
      // THERE_IS_NO_COLUMN, DUPLICATE_COLUMN, BAD_ARGUMENTS, ILLEGAL_COLUMN, TYPE_MISMATCH,
      // SYNTAX_ERROR, INCORRECT_DATA, TOO_DEEP_AST, TOO_BIG_AST, VALUE_IS_OUT_OF_RANGE_…,
      // CANNOT_COMPILE_REGEXP
      case 8, 15, 36, 44, 53, 62, 117, 167, 168, 321, 427 -> 400;
      // UNKNOWN_…: function, identifier, type, storage, table, aggregate function, format, type of
      // query, database, setting, database engine
      case 46, 47, 50, 56, 60, 63, 73, 78, 81, 115, 336 -> 404;
      // TIMEOUT_EXCEEDED
      case 159 -> 408;
      // QUERY_IS_TOO_LARGE
      case 229 -> 413;
      // NOT_IMPLEMENTED
      case 48 -> 501;
      // CANNOT_OPEN_FILE, SOCKET_TIMEOUT, CANNOT_SCHEDULE_TASK
      case 76, 209, 439 -> 503;
      default -> 500;
    };
  }
}
