package io.sluice.ops.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Durations as people write them: {@code 500ms}, {@code 90s}, {@code 3m}, {@code 1h}, {@code 30d},
 * {@code 5w}, {@code 2y}; a year has 365 days.
 */
public final class DurationConverter implements ITypeConverter<Duration> {
  private static final Pattern NOTATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|min|h|d|w|y)");

  @Override
  public Duration convert(String text) {
    Matcher matcher = NOTATION.matcher(text.strip());
    if (!matcher.matches()) {
      throw new TypeConversionException("'" + text + "' is not a duration such as 90s or 3m");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "h" -> Duration.ofHours(amount);
      case "d" -> Duration.ofDays(amount);
      case "w" -> Duration.ofDays(7 * amount);
      case "y" -> Duration.ofDays(365 * amount);
      default -> Duration.ofMinutes(amount);
    };
  }
}
