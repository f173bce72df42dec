package io.sluice.ops.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A moment: {@code 2026-11-20T18:30:00Z}, with any offset, or {@code 2h} for two hours ago. */
public final class TimeConverter implements ITypeConverter<Instant> {
  @Override
  public Instant convert(String text) {
    try {
      return OffsetDateTime.parse(text.strip()).toInstant();
    } catch (DateTimeException notAMoment) {
      return ago(text);
    }
  }

  private static Instant ago(String text) {
    try {
      return Instant.now().minus(new DurationConverter().convert(text));
    } catch (TypeConversionException e) {
      throw new TypeConversionException(
          "'" + text + "' is not a time such as 2026-11-20T18:30:00Z, or 2h for two hours ago");
    }
  }
}
