package io.sluice.feed.settings;

import io.sluice.clickhouse.http.Endpoint;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The value of {@code clickhouse.endpoints}. What is wrong with a URL is said by its number and in
 * words, never by quoting it: it may hold a password.
 */
final class EndpointUrls {
  private EndpointUrls() {}

  static List<URI> parse(Entered entered, int mostLanes) {
    String[] texts = entered.text().split(",", -1);
    if (texts.length > mostLanes) {
      throw entered.wrong(
          "names %d endpoints".formatted(texts.length), "%d at most".formatted(mostLanes));
    }
    List<URI> urls = new ArrayList<>();
    Map<String, Integer> lanes = new HashMap<>();
    for (int i = 0; i < texts.length; i++) {
      try {
        urls.add(url(texts[i].trim()));
      } catch (IllegalArgumentException e) {
        throw entered.wrong(
            "is not right: URL %d of %d %s".formatted(i + 1, texts.length, e.getMessage()),
            "http(s)://host:port, several by comma");
      }
      Integer twin = lanes.put(Endpoint.address(urls.get(i)), i);
      if (twin != null) {
        throw entered.wrong(
            "names an endpoint twice, as URL %d and URL %d".formatted(twin + 1, i + 1),
            "one URL per window; two lanes would fight for it");
      }
    }
    return urls;
  }

  private static URI url(String text) {
    try {
      URI url = new URI(text);
      Endpoint.requireUsable(url);
      return url;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "has at character %d what no URL may have there".formatted(e.getIndex() + 1));
    }
  }
}
