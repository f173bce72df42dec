package io.sluice.ops.sql;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;

/**
 * Whether a statement was carried out. A status does not tell: a proxy, or whatever else listens at
 * the address, may answer 200 as well.
 */
public final class ClickHouseAnswer {
  private ClickHouseAnswer() {}

  /** Whether this is a 200 of ClickHouse's, without an error in its headers. */
  public static boolean isSuccess(HttpResponse<?> response) {
    return isSuccess(response.statusCode(), response.headers());
  }

  static boolean isSuccess(int status, HttpHeaders headers) {
    return status == 200
        && headers.firstValue("X-ClickHouse-Exception-Code").isEmpty()
        && headers
            .firstValue("X-ClickHouse-Query-Id")
            .or(() -> headers.firstValue("X-ClickHouse-Summary"))
            .filter(value -> !value.isBlank())
            .isPresent();
  }
}
