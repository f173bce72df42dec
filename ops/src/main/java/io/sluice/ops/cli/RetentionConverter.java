package io.sluice.ops.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How long rows are kept: {@code 30d}, {@code 5w}, {@code 2y}; a year has 365 days. */
final class RetentionConverter implements ITypeConverter<Duration> {
  private static final Pattern NOTATION = Pattern.compile("(\\d{1,6})\\s*([dwy])");

  @Override
  public Duration convert(String text) {
    Matcher matcher = NOTATION.matcher(text.strip());
    if (!matcher.matches()) {
      throw new TypeConversionException("'" + text + "' is not a retention such as 30d or 2y");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "w" -> Duration.ofDays(7 * amount);
      case "y" -> Duration.ofDays(365 * amount);
      default -> Duration.ofDays(amount);
    };
  }
}
