package io.sluice.ops.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A moment: {@code 2026-11-20T18:30:00Z}, with any offset, or {@code 2h} for two hours ago. */
public final class TimeConverter implements ITypeConverter<Instant> {
  private static final Pattern AGE = Pattern.compile("\\s*\\d+\\s*[a-z]+\\s*");

  @Override
  public Instant convert(String text) {
    try {
      return AGE.matcher(text).matches()
          ? Instant.now().minus(new DurationConverter().convert(text))
          : OffsetDateTime.parse(text.strip()).toInstant();
    } catch (DateTimeException | TypeConversionException e) {
      throw new TypeConversionException(
          "'" + text + "' is not a time such as 2026-11-20T18:30:00Z, or 2h for two hours ago");
    }
  }
}
