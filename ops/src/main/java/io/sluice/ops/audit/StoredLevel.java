package io.sluice.ops.audit;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What one table of totals has, and what {@code http_log} has of the same time.
 *
 * @param since the first day that is compared, UTC; earlier ones are not kept by one of the two
 * @param bytes sum of its {@code bytes_sent}
 * @param rows of {@code http_log} since then
 * @param rowBytes the sum of their {@code bytes_sent}
 */
public record StoredLevel(
    String table,
    String since,
    long requests,
    long bytes,
    long rows,
    @JsonProperty("row_bytes") long rowBytes) {

  public boolean agrees() {
    return requests == rows && bytes == rowBytes;
  }
}
