package io.sluice.feed.anonymize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.block.Utf8Slice;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlAnonymizerTest {
  private static String anonymized(UrlPrivacy privacy, String url) {
    Utf8Slice slice = new Utf8Slice();
    slice.set(url);
    new UrlAnonymizer(privacy).anonymize(slice);
    return slice.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "1.2.3.4 1.2.3.X",
        "/?client=1.2.3.4 /?client=1.2.3.X",
        "/a/255.255.255.255/b /a/255.255.255.X/b",
        "/v1.2.3.4abc /v1.2.3.Xabc",
        "/1.2.3.4.5 /1.2.3.X.5",
        "/300.1.2.3.4 /300.1.2.3.X",
        "/001.002.003.004 /001.002.003.X",
        "/1.2.3.4,5.6.7.8 /1.2.3.X,5.6.7.X",
        "/1%2E2%2e3.%34%35 /1%2E2%2e3.X",
        "/%31.2.3.4/é /%31.2.3.X/é",
        "/1-2.3.4.5 /1-2.3.4.X",
        "http://1.2.3.4:80/ http://1.2.3.X:80/",
        "/ip/2001:db8::7 /ip/2001:db8:0::X",
        "/[2001:DB8:1:2::3]:443/ /[2001:db8:1::X]:443/",
        "/?ip=2001%3Adb8%3A%3A7&a=b /?ip=2001:db8:0::X&a=b",
        "/2001:db8::7.html /2001:db8:0::X.html",
        "/ip:2001:db8::7 /ip:2001:db8:0::X",
        "/ip2001:db8::7x /ip2001:db8:0::Xx",
        "/id2001:db8::7 /id2001:db8:0::X",
        "/1:2:3:4:5:6:7:8 /1:2:3::X",
        "/1:2:3:4:5:6:7:8:443 /1:2:3::X:443",
        "/1:2:3:4:5:6:7:: /1:2:3::X",
        "/::1 /0:0:0::X",
        "/fe80::1%25eth0 /fe80:0:0::X%25eth0",
        "/::ffff:1.2.3.4/ /1.2.3.X/",
        "/::ffff:102:304 /1.2.3.X",
        "/2002:102:304::5 /1.2.3.X",
        "/64:ff9b::1.2.3.4 /64:ff9b:0::X",
        "/1:2:3:4:5:6:7.8.9.10 /1:2:3::X",
        "/::ffff:1.2.3.04 /X",
        "/1.2.3.4/2001:db8::7 /1.2.3.X/2001:db8:0::X",
        "8.8.::ffff:9.9.1.1 8.8.9.X.1.X",
      })
  void masksAddresses(String url, String stored) {
    assertThat(anonymized(UrlPrivacy.ADDRESSES, url)).isEqualTo(stored);
    assertThat(anonymized(UrlPrivacy.ADDRESSES, stored)).isEqualTo(stored);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/v1.2.3/lib-4.5.6.min.js?a=1.2",
        "/1.2.3.X",
        "/2001:db8:1::X",
        "/256.1.1.1",
        "/1.2.3.1000",
        "/1..2.3.4",
        "/1.2.3.",
        "/std::vector::Foo::bar/C:D",
        "/12:30:45/00:1a:2b:3c:4d:5e",
        "/a:b:c",
        "/::",
        "/:::/%/%2/%zz/%",
        "/?url=https%3A%2F%2Fexample.com%2Fa%20b%20c%2Ex",
        "/1%252E2%252E3%252E4",
        "/é.ü.ö.ä::ß",
      })
  void leavesAllElse(String url) {
    assertThat(anonymized(UrlPrivacy.ADDRESSES, url)).isEqualTo(url);
  }

  @ParameterizedTest
  @CsvSource({
    "/a?b=1.2.3.4, /a",
    "/a#b, /a",
    "/1.2.3.4?b#c, /1.2.3.X",
    "/a#?b, /a",
    "?, ''",
    "/a%3Fb, /a%3Fb",
    "/a, /a",
  })
  void cutsTheQuery(String url, String stored) {
    assertThat(anonymized(UrlPrivacy.QUERY, url)).isEqualTo(stored);
  }

  @Test
  void cutsTheQueryWhereverItBegins() {
    for (int length = 0; length < 40; length++) {
      String path = "/a>@b\"$\u0080c".repeat(6).substring(0, length);
      for (String query : List.of("?", "#", "?@#", "#\"?$", "?a=1&b=2", "#0123456789")) {
        assertThat(anonymized(UrlPrivacy.QUERY, path + query)).isEqualTo(path);
      }
      assertThat(anonymized(UrlPrivacy.QUERY, path)).isEqualTo(path);
    }
  }

  @Test
  void storesUrlsAsTheyCameUnlessAsked() {
    assertThat(anonymized(UrlPrivacy.OFF, "/?a=1.2.3.4#::1")).isEqualTo("/?a=1.2.3.4#::1");
  }

  @Test
  void leavesTheMessageAndIsReused() {
    byte[] message = "xx/?a=1.2.3.4&b=2001:db8::7yy".getBytes(UTF_8);
    byte[] before = message.clone();
    UrlAnonymizer anonymizer = new UrlAnonymizer(UrlPrivacy.ADDRESSES);
    Utf8Slice url = new Utf8Slice();
    for (int i = 0; i < 3; i++) {
      url.set(message, 2, message.length - 4);
      anonymizer.anonymize(url);
      assertThat(url).hasToString("/?a=1.2.3.X&b=2001:db8:0::X");
    }
    url.set("/" + "::1/".repeat(10_000));
    anonymizer.anonymize(url);
    assertThat(url).hasToString("/" + "0:0:0::X/".repeat(10_000));
    assertThat(message).isEqualTo(before);
  }
}
