package io.sluice.sandbox.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Sizes of memory as Flink takes them, in MiB: {@code 1728m}, {@code 4g}. */
public final class MebibytesConverter implements ITypeConverter<Long> {
  private static final Pattern NOTATION = Pattern.compile("(\\d{1,9})\\s*([mg])");
  private static final long MIB_PER_GIB = 1_024;

  @Override
  public Long convert(String text) {
    Matcher matcher = NOTATION.matcher(text.strip());
    if (!matcher.matches()) {
      throw new TypeConversionException("'" + text + "' is not a size such as 1728m or 4g");
    }
    long amount = Long.parseLong(matcher.group(1));
    return matcher.group(2).equals("g") ? amount * MIB_PER_GIB : amount;
  }
}
