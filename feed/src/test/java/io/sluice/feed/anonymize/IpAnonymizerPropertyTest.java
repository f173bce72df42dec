package io.sluice.feed.anonymize;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.block.Utf8Slice;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;

/** Compares with the JDK's own parser, which shares no code with ours. */
class IpAnonymizerPropertyTest {
  private static final int PREFIX_BYTES = 6;

  private final IpAnonymizer anonymizer = new IpAnonymizer();

  @Property
  void ipv4DependsOnThreeOctetsOnly(@ForAll @Size(4) byte[] octets, @ForAll byte otherLast)
      throws Exception {
    byte[] neighbour = octets.clone();
    neighbour[3] = otherLast;

    String result = anonymized(InetAddress.getByAddress(octets).getHostAddress());

    assertThat(result)
        .isEqualTo(ipv4Network(octets, 0))
        .isEqualTo(anonymized(InetAddress.getByAddress(neighbour).getHostAddress()));
  }

  @Property
  void equalNetworksAreEqualTextsAndNoOthers(
      @ForAll @Size(16) byte[] first, @ForAll @Size(16) byte[] second, @ForAll boolean sameNetwork)
      throws Exception {
    // Neither IPv4-mapped nor 6to4.
    first[0] = (byte) 0xfd;
    second[0] = (byte) 0xfd;
    if (sameNetwork) {
      System.arraycopy(first, 0, second, 0, PREFIX_BYTES);
    }
    boolean equal = Arrays.equals(first, 0, PREFIX_BYTES, second, 0, PREFIX_BYTES);

    String firstText = anonymized(InetAddress.getByAddress(first).getHostAddress());
    String secondText = anonymized(InetAddress.getByAddress(second).getHostAddress());

    assertThat(firstText.equals(secondText)).isEqualTo(equal);
  }

  @Property(tries = 20_000)
  void agreesWithTheJdkOnWhateverItTakesForAnAddress(@ForAll("addressLike") String text) {
    tryAnonymize(text).ifPresent(network -> assertThat(network).isEqualTo(networkByJdk(text)));
  }

  @Property(tries = 5_000)
  void acceptsEveryIpv6AddressWithOrWithoutAGap(@ForAll("groups") int[] groups) {
    for (int gap = 0; gap <= groups.length; gap++) {
      String text = withGap(groups, gap);

      assertThat(tryAnonymize(text)).as(text).contains(networkByJdk(text));
    }
  }

  @Property(tries = 5_000)
  void neverLetsAnAddressThroughInsideOtherText(
      @ForAll @Size(4) byte[] octets,
      @ForAll @Size(max = 6) byte[] before,
      @ForAll @Size(max = 6) byte[] after)
      throws Exception {
    String address = InetAddress.getByAddress(octets).getHostAddress();
    byte[] text = concatenate(before, address.getBytes(StandardCharsets.US_ASCII), after);
    Utf8Slice slice = slice(text);

    boolean isAddress = anonymizer.anonymize(slice);

    assertThat(slice.toString()).doesNotContain(address);
    assertThat(isAddress).isEqualTo(!slice.toString().equals("X"));
  }

  @Property
  void takesArbitraryBytesForAnAddressOnlyIfTheJdkDoes(@ForAll @Size(max = 60) byte[] bytes) {
    Utf8Slice slice = slice(bytes);

    boolean isAddress = anonymizer.anonymize(slice);

    assertThat(slice)
        .hasToString(
            isAddress ? networkByJdk(new String(bytes, StandardCharsets.ISO_8859_1)) : "X");
  }

  /** The rules again, in slow words, on what the JDK parsed. */
  private static String networkByJdk(String text) {
    String bare = text;
    if (text.matches("\\[.*](:\\d+)?")) {
      bare = text.substring(1, text.indexOf(']'));
    } else if (text.matches("[\\d.]+:\\d+")) {
      bare = text.substring(0, text.indexOf(':'));
    }
    bare = bare.replaceFirst("%.*", "");
    // Such text the JDK parses without asking a name server.
    assertThat(bare).matches("(\\d{1,3}\\.){3}\\d{1,3}|.*:.*");
    try {
      InetAddress address = InetAddress.getByName(bare);
      byte[] bytes = address.getAddress();
      if (address instanceof Inet4Address) {
        return ipv4Network(bytes, 0);
      }
      if (bytes[0] == 0x20 && bytes[1] == 0x02) {
        return ipv4Network(bytes, 2);
      }
      return "%x:%x:%x::X".formatted(group(bytes, 0), group(bytes, 2), group(bytes, 4));
    } catch (UnknownHostException e) {
      throw new AssertionError("accepted, but not an address to the JDK: " + text, e);
    }
  }

  private static String ipv4Network(byte[] bytes, int offset) {
    return "%d.%d.%d.X"
        .formatted(bytes[offset] & 0xff, bytes[offset + 1] & 0xff, bytes[offset + 2] & 0xff);
  }

  private static int group(byte[] bytes, int offset) {
    return (bytes[offset] & 0xff) << 8 | (bytes[offset + 1] & 0xff);
  }

  /** With {@code ::} for all zeros that follow each other from {@code gap} on, if any do. */
  private static String withGap(int[] groups, int gap) {
    int end = gap;
    while (end < groups.length && groups[end] == 0) {
      end++;
    }
    return end == gap
        ? join(groups, 0, groups.length)
        : join(groups, 0, gap) + "::" + join(groups, end, groups.length);
  }

  private static String join(int[] groups, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i > from ? ":" : "").append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }

  @Provide
  Arbitrary<int[]> groups() {
    return Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.just(0)),
            Tuple.of(1, Arbitraries.of(0xffff, 0x2002)),
            Tuple.of(2, Arbitraries.integers().between(0, 0xffff)))
        .array(int[].class)
        .ofSize(8);
  }

  @Provide
  Arbitrary<String> addressLike() {
    return Arbitraries.of(
            "0",
            "1",
            "25",
            "255",
            "256",
            "f",
            "ffff",
            "2002",
            ".",
            ".",
            ":",
            ":",
            "::",
            "[",
            "]",
            "%",
            "eth0",
            "1.2.3.4",
            "::ffff:",
            "a:b:c:d:",
            ":80")
        .list()
        .ofMinSize(1)
        .ofMaxSize(10)
        .map(pieces -> String.join("", pieces));
  }

  private Optional<String> tryAnonymize(String text) {
    Utf8Slice slice = slice(text.getBytes(StandardCharsets.UTF_8));
    return anonymizer.anonymize(slice) ? Optional.of(slice.toString()) : Optional.empty();
  }

  private String anonymized(String text) {
    return tryAnonymize(text).orElseThrow(() -> new AssertionError("refused: " + text));
  }

  private static Utf8Slice slice(byte[] bytes) {
    Utf8Slice slice = new Utf8Slice();
    slice.set(bytes, 0, bytes.length);
    return slice;
  }

  private static byte[] concatenate(byte[] first, byte[] second, byte[] third) {
    byte[] all = Arrays.copyOf(first, first.length + second.length + third.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    System.arraycopy(third, 0, all, first.length + second.length, third.length);
    return all;
  }
}
