package io.sluice.sandbox.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What to start: program with arguments, and variables added to the environment.
 *
 * @param arguments the program first
 */
public record Command(List<String> arguments, Map<String, String> environment) {
  public Command {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /** Without arguments and environment: passwords may be among them. */
  @Override
  public String toString() {
    return "Command[" + program() + "]";
  }

  public Command(List<String> arguments) {
    this(arguments, Map.of());
  }

  /** A class in a JVM of its own, by the java that runs this one. */
  public static Command java(
      List<String> flags, String classPath, String main, List<String> arguments) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new Command(
        Stream.of(List.of(java), flags, List.of("-cp", classPath, main), arguments)
            .flatMap(List::stream)
            .toList());
  }

  /** The same with these variables. */
  public Command with(Map<String, String> variables) {
    return new Command(arguments, variables);
  }

  ProcessBuilder builder() {
    ProcessBuilder builder = new ProcessBuilder(arguments);
    builder.environment().putAll(environment);
    return builder;
  }

  /** For messages: the program, or the Java class, which says more than "java" does. */
  String program() {
    int classPath = arguments.indexOf("-cp");
    return arguments.get(classPath < 0 ? 0 : classPath + 2);
  }
}
