package io.sluice.sandbox.cli;

import io.sluice.sandbox.process.Service;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Services by the names that people type. */
final class ServiceConverter implements ITypeConverter<Service> {
  @Override
  public Service convert(String text) {
    return Arrays.stream(Service.values())
        .filter(service -> service.toString().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + text + "' is none of " + Arrays.toString(Service.values())));
  }
}
