package io.sluice.feed.anonymize;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.block.Utf8Slice;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;

/** Against what a regular expression and the JDK's parser find in the decoded text. */
class UrlAnonymizerPropertyTest {
  private static final String OCTET = "(?:0?[0-9]{1,2}|1[0-9]{2}|2[0-4][0-9]|25[0-5])";
  private static final Pattern IPV4 =
      Pattern.compile("(?<![0-9])(?:" + OCTET + "\\.){3}" + OCTET + "(?![0-9])");
  private static final Pattern NOT_IN_ADDRESSES = Pattern.compile("[^0-9A-Za-z:.]+");
  private static final Pattern TOO_LONG = Pattern.compile("[0-9A-Fa-f]{5}");
  private static final Pattern ENCODED = Pattern.compile("%[0-9A-Fa-f]{2}");

  private final UrlAnonymizer anonymizer = new UrlAnonymizer(UrlPrivacy.ADDRESSES);

  private String anonymized(String url) {
    byte[] bytes = url.getBytes(ISO_8859_1);
    Utf8Slice slice = new Utf8Slice();
    slice.set(bytes, 0, bytes.length);
    anonymizer.anonymize(slice);
    return new String(slice.toByteArray(), ISO_8859_1);
  }

  private static String decoded(String url) {
    return ENCODED
        .matcher(url)
        .replaceAll(
            code ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(code.group().substring(1), 16))));
  }

  private static boolean isIpv6(String token) {
    if (token.chars().filter(character -> character == ':').count() < 2
        || token.equals("::")
        // The JDK's parser takes more digits than a group has, if the first are zeros.
        || TOO_LONG.matcher(token).find()) {
      return false;
    }
    try {
      InetAddress.getByName("[" + token + "]");
      return true;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static boolean hasAddress(String url) {
    String text = decoded(url);
    return IPV4.matcher(text).find()
        || NOT_IN_ADDRESSES.splitAsStream(text).anyMatch(UrlAnonymizerPropertyTest::isIpv6);
  }

  @Property(tries = 20_000)
  void noAddressSurvivesAndASecondTimeChangesNothing(@ForAll("hostile") String url) {
    String stored = anonymized(url);

    assertThat(hasAddress(stored)).as("%s → %s", url, stored).isFalse();
    assertThat(anonymized(stored)).isEqualTo(stored);
  }

  @Property(tries = 5_000)
  void whatHasNoAddressIsStoredAsItCame(@ForAll("hostile") String url) {
    String text = decoded(url);
    if (!IPV4.matcher(text).find() && !text.contains("::") && !hasEightGroups(text)) {
      assertThat(anonymized(url)).isEqualTo(url);
    }
  }

  private static boolean hasEightGroups(String text) {
    return Pattern.compile("(?:[0-9A-Fa-f]+:){7}|(?:[0-9A-Fa-f]+:){6}[0-9]").matcher(text).find();
  }

  @Property(tries = 5_000)
  void masksAddressesWithinOrdinaryUrls(
      @ForAll @Size(4) byte[] ipv4, @ForAll @Size(16) byte[] ipv6, @ForAll("around") String around)
      throws Exception {
    // Neither IPv4-mapped nor 6to4.
    ipv6[0] = (byte) 0xfd;
    String four = InetAddress.getByAddress(ipv4).getHostAddress();
    String six = InetAddress.getByAddress(ipv6).getHostAddress();
    Utf8Slice network = new Utf8Slice();
    network.set(six);
    new IpAnonymizer().anonymize(network);

    assertThat(anonymized("/a" + around + four + around + "b/" + six + "/c?v=1.2.3"))
        .isEqualTo(
            "/a%s%sX%sb/%s/c?v=1.2.3"
                .formatted(around, four.substring(0, four.lastIndexOf('.') + 1), around, network));
  }

  @Provide
  Arbitrary<String> around() {
    return Arbitraries.of("/", "=", "&", "?", "[", "]", ",", "-", "_", "%20", "%5B", "x", "é", "#");
  }

  /** Texts of which much is nearly an address. */
  @Provide
  Arbitrary<String> hostile() {
    Arbitrary<String> pieces =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.integers().between(0, 300).map(String::valueOf)),
            Tuple.of(4, Arbitraries.integers().between(0, 0xffff).map(Integer::toHexString)),
            Tuple.of(8, Arbitraries.of(".", ".", ":", "::", "%2e", "%3A", "%3a%3A")),
            Tuple.of(
                3,
                Arbitraries.of("/", "=", "X", "g", "é", "[", "%", "%25", "%31", "%66", "0", "-")),
            Tuple.of(
                2, Arbitraries.of("1.2.3.4", "::ffff:1.2.3.4", "2001:db8::7", "2002:102:304::1")));
    return Combinators.combine(pieces.list().ofMaxSize(24), Arbitraries.of("", "/"))
        .as((List<String> parts, String first) -> first + String.join("", parts));
  }
}
