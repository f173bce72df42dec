package io.sluice.ops.audit;

/**
 * Which record a row was: the ordinal of its run in the ledger, and its own within the run. It is
 * the end of the URL, {@code ?r=<run>-<record>} in decimal, so that the nine columns stay as they
 * are.
 *
 * @param run from 1
 * @param record from 0; only records that can be decoded are counted
 */
public record TraceId(int run, long record) {
  /** What finds the id in a URL, as a regular expression of ClickHouse; the group is the id. */
  public static final String PATTERN = "[?]r=([0-9]+-[0-9]+)$";

  @Override
  public String toString() {
    return "?r=" + run + "-" + record;
  }
}
