package io.sluice.ops.deadletters;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a message is in Kafka, or was; in text {@code http_log-3@1234567}. */
public record Place(String topic, int partition, long offset) {
  private static final Pattern TEXT = Pattern.compile("(.+)-(\\d{1,9})@(\\d{1,18})");

  public Place {
    if (topic.isEmpty() || partition < 0 || offset < 0) {
      throw new IllegalArgumentException(
          "place is " + topic + "-" + partition + "@" + offset + "; must be in a topic, from 0 on");
    }
  }

  /** Reads the text form; throws IllegalArgumentException if it is none. */
  public static Place parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not of the form http_log-3@1234567");
    }
    return new Place(
        matcher.group(1), Integer.parseInt(matcher.group(2)), Long.parseLong(matcher.group(3)));
  }

  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
