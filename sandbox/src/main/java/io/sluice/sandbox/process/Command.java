package io.sluice.sandbox.process;

import java.util.List;
import java.util.Map;

/**
 * What to start: program with arguments, and variables added to the environment.
 *
 * @param arguments the program first
 */
public record Command(List<String> arguments, Map<String, String> environment) {
  public Command {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException("arguments is empty, must name a program");
    }
  }

  /** Without arguments and environment: passwords may be among them. */
  @Override
  public String toString() {
    return "Command[" + arguments.get(0) + "]";
  }

  public Command(List<String> arguments) {
    this(arguments, Map.of());
  }
}
