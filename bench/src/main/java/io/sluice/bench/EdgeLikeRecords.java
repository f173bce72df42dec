package io.sluice.bench;

import io.sluice.httplog.HttpLogRecord;
import io.sluice.sandbox.produce.EdgeRequest;
import io.sluice.sandbox.produce.HttpLogMessage;
import java.util.Random;

/**
 * Records like those of an HTTP edge, the same for the same seed and count:
 *
 * <ul>
 *   <li>time goes on by 2 ms per record on average, give or take a second of disorder;
 *   <li>2,000 resources, of which few get most requests (the k-th about 1/k of the first);
 *   <li>per resource some 500 paths, skewed alike; with the host 50 to 70 bytes;
 *   <li>bytes sent mostly depend on the path, request times are mostly short, with a long tail;
 *   <li>nine in ten answers are 200, nine in ten requests GET, eight in ten cache results HIT;
 *   <li>clients come from 4,000 /24 networks, skewed alike.
 * </ul>
 *
 * <p>As a Cap'n Proto message a record takes about 184 bytes.
 */
public final class EdgeLikeRecords {
  private static final long START_EPOCH_MILLI = 1_790_000_000_000L;
  private static final int RESOURCES = 2_000;
  private static final int PATHS = 500;
  private static final int NETWORKS = 4_000;
  private static final String[] CACHE = {"HIT", "MISS", "EXPIRED", "BYPASS"};
  private static final String[] METHODS = {"GET", "HEAD", "POST", "OPTIONS"};
  private static final int[] STATUSES = {200, 304, 404, 206, 301, 502};
  private static final String[] FOLDERS = {"images", "static/js", "video/segments", "api/v2"};
  private static final String[] FILES = {"cover", "large", "preview", "index", "thumb-2x", "part"};
  private static final String[] ENDINGS = {".jpg", ".min.js", ".ts", ""};

  private final Random random;
  private long clockEpochMilli = START_EPOCH_MILLI;

  public EdgeLikeRecords(long seed) {
    this.random = new Random(seed);
  }

  /** The next record as a log producer sends it. */
  byte[] nextMessage() {
    HttpLogRecord record = next();
    return HttpLogMessage.encode(
        new EdgeRequest(
            record.timestampEpochMilli,
            record.resourceId,
            record.bytesSent,
            record.requestTimeMilli,
            record.responseStatus,
            record.cacheStatus.toString(),
            record.method.toString(),
            record.remoteAddr.toString(),
            record.url.toString()));
  }

  public HttpLogRecord next() {
    HttpLogRecord record = new HttpLogRecord();
    int host = 1 + random.nextInt(254);
    clockEpochMilli += random.nextInt(5);
    int resource = skewed(RESOURCES);
    int path = skewed(PATHS);
    int scrambledPath = scrambled(resource * PATHS + path);
    record.arrivalEpochMilli = clockEpochMilli + 1_000;
    record.timestampEpochMilli = clockEpochMilli + random.nextInt(1_000);
    record.resourceId = 10_000L + scrambled(resource) % 90_000;
    record.bytesSent =
        200L + scrambledPath % 400_000 + (random.nextInt(4) == 0 ? random.nextInt(2_000) : 0);
    record.requestTimeMilli = (long) Math.exp(Math.abs(random.nextGaussian()) * 2);
    record.responseStatus = STATUSES[rare(STATUSES.length, 10)];
    record.cacheStatus.set(CACHE[rare(CACHE.length, 5)]);
    record.method.set(METHODS[rare(METHODS.length, 10)]);
    int network = scrambled(skewed(NETWORKS));
    record.remoteAddr.set(
        "%d.%d.%d.%d"
            .formatted(11 + network % 200, (network >>> 8) % 256, (network >>> 16) % 256, host));
    record.url.set(url(resource, scrambledPath));
    return record;
  }

  private static String url(int resource, int path) {
    int kind = path % FOLDERS.length;
    return "https://cdn-%d.example.net/%s/c%d/item-%d/%s%s"
        .formatted(
            resource % 97,
            FOLDERS[kind],
            path % 40,
            (path >>> 5) % 1_000_000,
            FILES[(path >>> 3) % FILES.length],
            ENDINGS[kind]);
  }

  /** From 0 to {@code count - 1}; the k-th about 1/k as often as the first. */
  private int skewed(int count) {
    return (int) Math.pow(count, random.nextDouble()) % count;
  }

  /** 0 for all but one in {@code oneIn}, which is spread evenly over the rest. */
  private int rare(int count, int oneIn) {
    return random.nextInt(oneIn) > 0 ? 0 : 1 + random.nextInt(count - 1);
  }

  /** A fixed shuffle of the numbers, never negative. */
  private static int scrambled(int number) {
    int mixed = (number + 1) * 0x9E3779B1;
    return (mixed ^ (mixed >>> 15)) & Integer.MAX_VALUE;
  }
}
