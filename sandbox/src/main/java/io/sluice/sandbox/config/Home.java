package io.sluice.sandbox.config;

import io.sluice.ops.OperatorException;
import io.sluice.sandbox.process.Command;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The checkout: where the built jars and the configuration are that the stack is started from.
 *
 * @param root the repository's folder
 */
public record Home(Path root) {
  /** The system property that names the repository's folder; {@code ./sluice} sets it. */
  public static final String PROPERTY = "sluice.home";

  public Home {
    root = root.toAbsolutePath().normalize();
  }

  /** The folder that {@value #PROPERTY} names, else the working directory. */
  public static Home find() {
    return new Home(Path.of(Optional.ofNullable(System.getProperty(PROPERTY)).orElse(".")));
  }

  public Path defaultStateDir() {
    return root.resolve(".sluice");
  }

  public Path jobJar() {
    return root.resolve("job/target/job.jar");
  }

  public Path flinkConf() {
    return root.resolve("flink-conf");
  }

  public Path sql() {
    return root.resolve("sql");
  }

  /** The engine's library, shared by all stacks of this checkout: 566 MB. */
  public Path chdbCache() {
    return root.resolve(".sluice/chdb");
  }

  public Path flinkDistribution() {
    return built(root.resolve("sandbox/flink/target/dist"));
  }

  public Path kafkaLib() {
    return built(root.resolve("sandbox/kafka/target/dist/lib"));
  }

  /** The agent that shows a broker's metrics to Prometheus. */
  public Path jmxExporter() {
    return built(root.resolve("sandbox/kafka/target/dist/agent"))
        .resolve("jmx_prometheus_javaagent.jar");
  }

  /** What the agent shows of Kafka. */
  public Path jmxExporterRules() {
    return root.resolve("monitoring/prometheus/kafka-jmx.yml");
  }

  private static Path built(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw OperatorException.failed(
          folder + " is missing; build it with: mvn -DskipTests package");
    }
    return folder;
  }

  /** Where a state folder keeps its savepoints: the default one in the repository's own folder. */
  public Path savepoints(Path stateDir) {
    return stateDir.toAbsolutePath().normalize().equals(defaultStateDir())
        ? root.resolve("savepoints")
        : stateDir.toAbsolutePath().resolve("savepoints");
  }

  /** A command that runs a class of the sandbox in a JVM of its own. */
  public Command sandboxJava(String mainClass, List<String> jvmFlags, List<String> arguments) {
    String classPath =
        built(root.resolve("sandbox/target/classes"))
            + File.pathSeparator
            + built(root.resolve("sandbox/target/dist/lib"))
            + "/*";
    return Command.java(jvmFlags, classPath, mainClass, arguments);
  }
}
