package io.sluice.bench.queries;

/**
 * Rows of {@code http_log} that a seed and a row's number decide: the last 30 days before {@code
 * end}, at a steady rate.
 *
 * <ul>
 *   <li>resources: 4,999, of which rank r has a share of about 1 / (r ln 5000): the first 8.1%;
 *   <li>networks: 200,999 likewise, the first 5.7%; every fifth is an IPv6 /48;
 *   <li>urls: up to 10,000 of each resource, likewise;
 *   <li>statuses: 10, 80% 200; cache states: 7, 70% HIT; methods: 3;
 *   <li>sizes: 200 to 596,000 bytes and request times 1 to 1,096 ms, log-uniform.
 * </ul>
 *
 * All of them are independent of each other and of time, which is the hardest case for totals: real
 * networks look at few resources, and share more keys.
 *
 * @param endEpochSecond a full minute; the second after the last row
 */
record DataSet(long rows, long seed, long endEpochSecond) {
  static final int RESOURCES = 5_000;
  static final int NETWORKS = 201_000;
  private static final long SECONDS = 30 * 86_400;

  private static final long FIRST_RESOURCE_ID = 1_000;

  /** Odd, so that ranks are spread over all addresses and no two get the same. */
  private static final long SPREAD = 2_654_435_769L;

  private static final long MOST_ROWS = 10_000_000_000L;

  DataSet {
    if (endEpochSecond % 60 != 0) {
      throw new IllegalArgumentException("end is " + endEpochSecond + ", must be a full minute");
    }
  }

  static long resourceId(long rank) {
    return FIRST_RESOURCE_ID + rank;
  }

  /** The key of a network; see {@code networkOfAddress} in {@code sql/}. */
  static long network(long rank) {
    return rank % 5 == 0
        ? (1L << 49) | ((0x2a00L << 32) + ((rank * SPREAD) & 0xf_ffff_ffffL))
        : (1L << 48) | ((rank * SPREAD) & 0xff_ffff);
  }

  /**
   * The rows {@code first} to {@code first + count - 1}, with columns as the job sends them, and
   * {@code minutes_late} as if a request had been sent every minute.
   */
  String loaded(long first, long count) {
    String time =
        "greatest(%1$d, %1$d + intDiv(n * %2$d, %3$d) - toUInt64(8 * u(0)))"
            .formatted(endEpochSecond - SECONDS, SECONDS, rows);
    return select(
        time,
        ", intDiv(90 - toUnixTimestamp(timestamp) % 60, 60) AS minutes_late",
        "numbers_mt(%d, %d)".formatted(first, count));
  }

  /** Rows of some seconds, in no order, that are not among the others: what a request carries. */
  String fresh(long first, long count, Span.Window window) {
    String time = "%d + toUInt64(%d * u(0))".formatted(window.from(), window.to() - window.from());
    return select(time, "", "numbers(%d, %d)".formatted(MOST_ROWS + first, count));
  }

  private String select(String time, String more, String numbers) {
    return """
        WITH
            number AS n,
            k -> cityHash64(n, %1$d, k) / 18446744073709551616. AS u,
            toUInt64(exp(u(1) * log(%2$d))) AS resource,
            toUInt64(exp(u(2) * log(%3$d))) AS a,
            toUInt32(exp(u(3) * log(10000))) AS document,
            u(4) AS us,
            u(5) AS uc
        SELECT
            toDateTime(%4$s, 'UTC') AS timestamp,
            %5$d + resource AS resource_id,
            toUInt64(200 * exp(u(6) * 8)) AS bytes_sent,
            toUInt64(exp(u(7) * 7)) AS request_time_milli,
            toUInt16(multiIf(us < 0.8, 200, us < 0.88, 304, us < 0.92, 206, us < 0.95, 404, us < 0.965, 301, us < 0.98, 302, us < 0.988, 403, us < 0.994, 500, us < 0.998, 502, 504)) AS response_status,
            multiIf(uc < 0.7, 'HIT', uc < 0.88, 'MISS', uc < 0.93, 'EXPIRED', uc < 0.96, 'BYPASS', uc < 0.98, 'STALE', uc < 0.99, 'REVALIDATED', 'UPDATING') AS cache_status,
            multiIf(u(8) < 0.93, 'GET', u(8) < 0.97, 'POST', 'HEAD') AS method,
            addressOfNetwork(if(a %% 5 = 0,
                bitOr(562949953421312, 46179488366592 + bitAnd(a * %6$d, 68719476735)),
                bitOr(281474976710656, bitAnd(a * %6$d, 16777215)))) AS remote_addr,
            concat('/', ['img', 'js', 'video', 'api', 'static', 'media'][1 + document %% 6], '/', lower(hex(cityHash64(resource, document))), '/', toString(document), '.', ['jpg', 'js', 'mp4', 'json', 'css', 'webp'][1 + document %% 6]) AS url%7$s
        FROM %8$s
        """
        .formatted(seed, RESOURCES, NETWORKS, time, FIRST_RESOURCE_ID, SPREAD, more, numbers);
  }
}
