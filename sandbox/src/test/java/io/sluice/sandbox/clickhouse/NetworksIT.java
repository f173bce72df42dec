package io.sluice.sandbox.clickhouse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.block.Utf8Slice;
import io.sluice.feed.anonymize.IpAnonymizer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The functions of {@code sql/} that make numbers of addresses, in the real engine. */
class NetworksIT {
  private static final long SEED = Long.getLong("sluice.seed", 20261120);
  private static final int SAMPLES = 2_000;

  /** Every form that ADR 3 knows, and some that are none. */
  private static final List<String> FORMS =
      List.of(
          "1.2.3.4",
          "0.0.0.0",
          "255.255.255.255",
          "1.2.3.4:5678",
          "::ffff:1.2.3.4",
          "::ffff:102:304",
          "[::ffff:1.2.3.4]:443",
          "2002:102:304::1",
          "2002:FFFF:ffff:1:2:3:4:5",
          "2002::",
          "2001:db8:1:2::3",
          "2001:DB8:1:2:3:4:5:6",
          "[2001:db8:1:2::3]:443",
          "fe80::1%eth0",
          "::",
          "::1",
          "::1.2.3.4",
          "64:ff9b::1.2.3.4",
          "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
          "01.2.3.4",
          "1.2.3",
          "1.2.3.4, 5.6.7.8",
          " 1.2.3.4",
          "localhost",
          "",
          "-",
          "X",
          "\u00ff\u0000");

  @TempDir static Path dir;
  private static ChdbProcess server;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final IpAnonymizer anonymizer = new IpAnonymizer();

  @BeforeAll
  static void start() throws Exception {
    server = ChdbProcess.start(dir);
    URI url = URI.create("http://127.0.0.1:" + server.port() + "/");
    new ClickHouseTarget(url, "default", "", "logs").createTablesAnew(TablesDdl.asTheyAre());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void anAnonymizedAddressHasTheKeyOfItsNetworkAndComesBack() throws Exception {
    List<String> anonymized = addresses().map(this::anonymized).toList();

    assertThat(keys(anonymized)).isEqualTo(anonymized.stream().map(NetworkKey::of).toList());
    assertThat(networks(anonymized)).isEqualTo(anonymized);
  }

  /** For addresses that got into the table by another way than the job. */
  @Test
  void anAddressThatWasNotAnonymizedShowsNoMoreThanItsAnonymizedForm() throws Exception {
    List<String> full = addresses().toList();

    List<String> shown = networks(full);

    for (int i = 0; i < full.size(); i++) {
      // 0:0:0::X is the 48 bits of an IPv4-mapped address: none of the IPv4 address itself.
      assertThat(shown.get(i)).as(full.get(i)).isIn(anonymized(full.get(i)), "X", "0:0:0::X");
    }
    assertThat(shown).containsAnyOf("1.2.3.X").contains("2001:db8:1::X", "255.255.255.X");
  }

  @Test
  void everyKeyComesBack() throws Exception {
    List<Long> keys =
        LongStream.concat(
                LongStream.of(0, 1L << 48, (1L << 48) + 0xffffff, 1L << 49, (3L << 48) - 1),
                random.longs(SAMPLES).map(NetworksIT::key))
            .filter(key -> !is6to4(key))
            .boxed()
            .toList();

    String texts =
        server.sql(
            "SELECT addressOfNetwork(arrayJoin(%s::Array(UInt64))), networkOfAddress(addressOfNetwork(arrayJoin(%1$s::Array(UInt64))))"
                .formatted(keys));

    assertThat(texts.lines().map(line -> Long.parseLong(line.split("\t", 2)[1])).toList())
        .isEqualTo(keys);
    assertThat(texts.lines().map(line -> NetworkKey.of(line.split("\t", 2)[0])).toList())
        .isEqualTo(keys);
  }

  /** The network of such an address is an IPv4 network. */
  private static boolean is6to4(long key) {
    return key >>> 32 == 0x2_2002;
  }

  private static long key(long bits) {
    return bits < 0 ? (1L << 48) | (bits & 0xffffff) : (1L << 49) | (bits & 0xffff_ffff_ffffL);
  }

  private Stream<String> addresses() {
    return Stream.concat(FORMS.stream(), Stream.generate(this::randomAddress).limit(SAMPLES));
  }

  private String randomAddress() {
    byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
    random.nextBytes(bytes);
    if (bytes.length == 16 && random.nextInt(4) == 0) {
      bytes[0] = 0x20;
      bytes[1] = 0x02;
    }
    // Addresses in use have zeros in them.
    for (int i = 2; i < bytes.length; i++) {
      if (random.nextInt(3) == 0) {
        bytes[i] = 0;
      }
    }
    try {
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private String anonymized(String address) {
    Utf8Slice slice = new Utf8Slice();
    slice.set(address.getBytes(ISO_8859_1), 0, address.length());
    anonymizer.anonymize(slice);
    return new String(slice.toByteArray(), US_ASCII);
  }

  private static List<Long> keys(List<String> addresses) throws IOException {
    return lines("networkOfAddress(address)", addresses).map(Long::parseLong).toList();
  }

  private static List<String> networks(List<String> addresses) throws IOException {
    return lines("addressOfNetwork(networkOfAddress(address))", addresses).toList();
  }

  private static Stream<String> lines(String expression, List<String> addresses)
      throws IOException {
    String hex =
        addresses.stream()
            .map(address -> HexFormat.of().formatHex(address.getBytes(ISO_8859_1)))
            .collect(Collectors.joining("','", "['", "']"));
    return server
        .sql("SELECT %s FROM (SELECT unhex(arrayJoin(%s)) AS address)".formatted(expression, hex))
        .lines();
  }
}
