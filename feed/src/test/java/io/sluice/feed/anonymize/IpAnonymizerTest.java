package io.sluice.feed.anonymize;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.block.Utf8Slice;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAnonymizerTest {
  private final IpAnonymizer anonymizer = new IpAnonymizer();

  @ParameterizedTest
  @CsvSource({
    "1.2.3.4, 1.2.3.X",
    "0.0.0.0, 0.0.0.X",
    "255.255.255.255, 255.255.255.X",
    "10.100.9.99, 10.100.9.X",
    "1.2.3.4:5678, 1.2.3.X",
    "1.2.3.4:0, 1.2.3.X",
    "1.2.3.4:65535, 1.2.3.X"
  })
  void keepsThreeOctetsOfIpv4(String address, String expected) {
    assertThat(anonymized(address)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:1:2:3:4:5:6, 2001:db8:1::X",
    "2001:0DB8:0001:0002:0003:0004:0005:0006, 2001:db8:1::X",
    "2001:db8:1::, 2001:db8:1::X",
    "2001:db8::1, 2001:db8:0::X",
    "2001:db8::, 2001:db8:0::X",
    "2001::1:2:3:4:5:6, 2001:0:1::X",
    "::1:2:3:4:5:6:7, 0:1:2::X",
    "1:2:3:4:5:6:7::, 1:2:3::X",
    "::, 0:0:0::X",
    "::1, 0:0:0::X",
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ffff:ffff:ffff::X",
    "FE80::1%eth0, fe80:0:0::X",
    "fe80::1%25en.0-a_b~c, fe80:0:0::X",
    "[2001:db8::1], 2001:db8:0::X",
    "[2001:db8::1]:443, 2001:db8:0::X",
    "[fe80::1%eth0]:443, fe80:0:0::X",
    // Without brackets what looks like a port is the last group.
    "2001:db8::1:443, 2001:db8:0::X"
  })
  void keepsThreeGroupsOfIpv6(String address, String expected) {
    assertThat(anonymized(address)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::ffff:1.2.3.4",
        "::FFFF:1.2.3.4",
        "::ffff:102:304",
        "0:0:0:0:0:ffff:1.2.3.4",
        "0000:0000:0000:0000:0000:ffff:0102:0304",
        "[::ffff:1.2.3.4]:80",
        "::ffff:1.2.3.4%eth0"
      })
  void treatsIpv4MappedLikeIpv4(String address) {
    assertThat(anonymized(address)).isEqualTo("1.2.3.X");
  }

  @ParameterizedTest
  @CsvSource({
    "2002:102:304::1, 1.2.3.X",
    "2002:102:304:ffff:1:2:3:4, 1.2.3.X",
    "2002::, 0.0.0.X",
    "64:ff9b::1.2.3.4, 64:ff9b:0::X",
    "64:ff9b:1::1.2.3.4, 64:ff9b:1::X",
    "::1.2.3.4, 0:0:0::X",
    "::ffff:0:1.2.3.4, 0:0:0::X",
    "2001:0:102:304::fefd:fcfb, 2001:0:102::X",
    "1:2:3:4:5:6:1.2.3.4, 1:2:3::X",
    "1:2:3:4:5::1.2.3.4, 1:2:3::X"
  })
  void hidesTheLastOctetOfIpv4WithinIpv6(String address, String expected) {
    assertThat(anonymized(address)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-",
        "X",
        "unknown",
        "localhost",
        "1.2.3.X",
        "2001:db8:1::X",
        " 1.2.3.4",
        "1.2.3.4 ",
        "1.2.3.4\n",
        "\u00001.2.3.4",
        "1.2.3.4\u0000",
        "1.2.3",
        "1.2.3.",
        ".1.2.3.4",
        "1..2.3",
        "1.2.3.4.",
        "1.2.3.4.5",
        "1.2.3.256",
        "256.1.1.1",
        "1.2.3.4294967300",
        "1.2.3.99999999999999999999",
        "01.2.3.4",
        "1.2.3.04",
        "00.0.0.0",
        "0x1.2.3.4",
        "+1.2.3.4",
        "-1.2.3.4",
        "16909060",
        "1.2.3.4/24",
        "1.2.3.4:",
        "1.2.3.4:65536",
        "1.2.3.4:080",
        "1.2.3.4:x",
        "1.2.3.4:80:80",
        "1.2.3.4%eth0",
        "1.2.3.4, 5.6.7.8",
        "1.2.3.4,5.6.7.8",
        "[1.2.3.4]",
        "[1.2.3.4]:80",
        "\u0661.\u0662.\u0663.\u0664",
        "\uff11.2.3.4",
        ":",
        ":::",
        "::1::",
        "1::2::3",
        ":1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4::5:6:7:8",
        "::1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7:8::",
        "12345::",
        "00001::",
        "g::1",
        "::ffff:1.2.3.256",
        "::ffff:1.2.3",
        "::ffff:01.2.3.4",
        "::ffff:1.2.3.4.5",
        "::1.2.3.4:5",
        "1:2:3:4:5:6:7:1.2.3.4",
        "1:2:3:4:5:6::1.2.3.4",
        "1.2.3.4::",
        "fe80::1%",
        "fe80::1%eth 0",
        "fe80::1%a, 1.2.3.4",
        "[::1",
        "::1]",
        "[::1]]",
        "[[::1]]",
        "[::1]443",
        "[::1]:",
        "[]",
        "[]:80",
        "2001:db8::1/48",
        " 2001:db8::1",
        "2001:db8::1 "
      })
  void storesXForAnythingElse(String text) {
    Utf8Slice address = new Utf8Slice();
    address.set(text);

    assertThat(anonymizer.anonymize(address)).isFalse();
    assertThat(address).hasToString("X");
  }

  @Test
  void looksAtTheSliceOnlyAndLeavesItsBytesAlone() {
    byte[] bytes = "9.8.1.2.3.4.7".getBytes(StandardCharsets.UTF_8);
    byte[] before = bytes.clone();
    Utf8Slice address = new Utf8Slice();
    address.set(bytes, 4, 7);

    assertThat(anonymizer.anonymize(address)).isTrue();

    assertThat(address).hasToString("1.2.3.X");
    assertThat(bytes).isEqualTo(before);
  }

  @Test
  void leavesNothingOfALongerAddressBefore() {
    anonymized("ffff:ffff:ffff:ffff::1");

    assertThat(anonymized("nonsense")).isEqualTo("X");
    assertThat(anonymized("1.2.3.4")).isEqualTo("1.2.3.X");
  }

  private String anonymized(String text) {
    Utf8Slice address = new Utf8Slice();
    address.set(text);
    boolean isAddress = anonymizer.anonymize(address);
    assertThat(isAddress).as(text).isEqualTo(!address.toString().equals("X"));
    return address.toString();
  }
}
