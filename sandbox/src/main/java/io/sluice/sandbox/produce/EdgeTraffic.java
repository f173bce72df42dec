package io.sluice.sandbox.produce;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Synthetic requests that look like those of a content delivery network: few resources get most of
 * them, most are hits, sizes spread over decades, and clients come from IPv4, IPv6 and now and then
 * from something that is no address. The same seed gives the same requests. Not thread-safe.
 */
final class EdgeTraffic {
  private static final int RESOURCES = 500;
  private static final int URLS = 4_000;
  private static final int CLIENTS = 20_000;

  private static final Weighted<String> METHODS =
      new Weighted<String>().add(93, "GET").add(4, "HEAD").add(2, "POST").add(1, "OPTIONS");
  private static final Weighted<String> CACHE =
      new Weighted<String>()
          .add(820, "HIT")
          .add(110, "MISS")
          .add(30, "EXPIRED")
          .add(20, "BYPASS")
          .add(15, "REVALIDATED")
          .add(5, "STALE");
  private static final Weighted<Integer> STATUSES =
      new Weighted<Integer>()
          .add(850, 200)
          .add(50, 206)
          .add(50, 304)
          .add(12, 301)
          .add(25, 404)
          .add(6, 403)
          .add(4, 499)
          .add(2, 502)
          .add(1, 503);
  private static final String[] SECTIONS = {"assets", "video", "img", "api/v1", "dl", "live"};
  private static final String[] SUFFIXES = {".js", ".ts", ".webp", "", ".zip", ".m4s"};

  private final SplittableRandom random;
  private final String[] urls;
  private final String[] clients;

  EdgeTraffic(long seed) {
    this.random = new SplittableRandom(seed);
    this.urls = pool(URLS, this::url);
    this.clients = pool(CLIENTS, this::client);
  }

  private static String[] pool(int size, IntFunction<String> make) {
    return IntStream.range(0, size).mapToObj(make).toArray(String[]::new);
  }

  /**
   * The next request.
   *
   * @param mark at the end of its URL, by which a row is known again; may be empty
   */
  EdgeRequest next(long timestampEpochMilli, String mark) {
    int url = skewed(URLS);
    return new EdgeRequest(
        timestampEpochMilli,
        1_000 + url % RESOURCES,
        (long) Math.exp(4 + random.nextDouble() * 10),
        (long) (-30 * Math.log(1 - random.nextDouble())),
        STATUSES.pick(random),
        CACHE.pick(random),
        METHODS.pick(random),
        clients[skewed(CLIENTS)],
        urls[url] + mark);
  }

  /** 0 to n - 1, the small ones far more often. */
  private int skewed(int n) {
    double u = random.nextDouble();
    return (int) (n * u * u * u);
  }

  private String url(int index) {
    int kind = random.nextInt(SECTIONS.length);
    return "https://edge-%d.example.com/%s/%08x%s"
        .formatted(index % RESOURCES, SECTIONS[kind], random.nextInt(), SUFFIXES[kind]);
  }

  private String client(int index) {
    int kind = index % 100;
    if (kind < 85) {
      return ipv4();
    }
    if (kind < 97) {
      return "2001:db8:%x:%x::%x"
          .formatted(random.nextInt(0x10000), random.nextInt(0x10000), random.nextInt(0x10000));
    }
    return switch (kind) {
      case 97 -> "::ffff:" + ipv4();
      case 98 -> ipv4() + ":" + (1024 + random.nextInt(60_000));
      default -> "unknown";
    };
  }

  private String ipv4() {
    return "%d.%d.%d.%d"
        .formatted(
            1 + random.nextInt(223), random.nextInt(256), random.nextInt(256), random.nextInt(256));
  }

  /** A choice among values, each as likely as its weight says. */
  static final class Weighted<T> {
    /** Each value as often as its weight. */
    private final List<T> tickets = new ArrayList<>();

    Weighted<T> add(int weight, T value) {
      for (int i = 0; i < weight; i++) {
        tickets.add(value);
      }
      return this;
    }

    T pick(SplittableRandom random) {
      return tickets.get(random.nextInt(tickets.size()));
    }
  }
}
