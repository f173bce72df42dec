package io.sluice.sandbox.flink;

import io.sluice.ops.OperatorException;
import io.sluice.ops.flink.FlinkRest;
import io.sluice.sandbox.config.Home;
import io.sluice.sandbox.config.Ports;
import io.sluice.sandbox.config.StackOptions;
import io.sluice.sandbox.process.Command;
import io.sluice.sandbox.process.Subprocess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What JobManager, TaskManager and the {@code flink} command of one stack share: the configuration
 * folder, the folders of the state, and how a JVM of Flink is started.
 */
public final class FlinkCluster {
  private static final String RESULT = "BASH_JAVA_UTILS_EXEC_RESULT:";
  private static final List<String> SMALL =
      List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
  private static final Duration UTILS_WITHIN = Duration.ofMinutes(3);

  private final Home home;
  private final Path folder;
  private final Path savepoints;
  private final StackOptions options;

  /**
   * @param folder for configuration, checkpoints and temporary files
   */
  public FlinkCluster(Home home, Path folder, Path savepoints, StackOptions options) {
    this.home = home;
    this.folder = folder.toAbsolutePath();
    this.savepoints = savepoints.toAbsolutePath();
    this.options = options;
  }

  Ports ports() {
    return options.ports();
  }

  FlinkRest rest() {
    return new FlinkRest(ports().flinkRestUrl());
  }

  public Path checkpoints() {
    return folder.resolve("checkpoints");
  }

  public Path savepoints() {
    return savepoints;
  }

  /** Writes the configuration folder anew and returns what is in it. */
  private FlinkConfiguration configure() {
    return FlinkConfiguration.write(home.flinkConf(), conf(), overlay());
  }

  private Path conf() {
    return folder.resolve("conf");
  }

  /**
   * The port, if there is a network in between that has to know it; else any. A TaskManager that
   * comes back at the address of one that was killed may find that the JobManager still has a
   * connection to that one, and get no answer for minutes.
   */
  private String taskManagerPort(int port) {
    boolean direct = options.links().taskmanager() == options.ports().taskmanagerRpc();
    return direct ? "0" : Integer.toString(port);
  }

  private Map<String, String> overlay() {
    return Map.ofEntries(
        Map.entry("jobmanager.rpc.address", "127.0.0.1"),
        Map.entry("jobmanager.rpc.port", Integer.toString(options.links().jobmanager())),
        Map.entry("jobmanager.rpc.bind-port", Integer.toString(options.ports().flinkRpc())),
        Map.entry("taskmanager.rpc.port", taskManagerPort(options.links().taskmanager())),
        Map.entry("taskmanager.rpc.bind-port", taskManagerPort(options.ports().taskmanagerRpc())),
        Map.entry("jobmanager.bind-host", "127.0.0.1"),
        Map.entry("taskmanager.host", "127.0.0.1"),
        Map.entry("taskmanager.bind-host", "127.0.0.1"),
        Map.entry("rest.address", "127.0.0.1"),
        Map.entry("rest.bind-address", "127.0.0.1"),
        Map.entry("rest.port", Integer.toString(options.ports().flinkRest())),
        Map.entry("rest.bind-port", Integer.toString(options.ports().flinkRest())),
        Map.entry("blob.server.port", Integer.toString(options.ports().flinkBlob())),
        Map.entry("taskmanager.numberOfTaskSlots", Integer.toString(options.slots())),
        Map.entry("taskmanager.memory.process.size", options.taskmanagerMemoryMib() + "m"),
        Map.entry("execution.checkpointing.interval", options.checkpointIntervalMillis() + " ms"),
        Map.entry("execution.checkpointing.dir", quoted(checkpoints())),
        Map.entry("execution.checkpointing.savepoint-dir", quoted(savepoints)),
        Map.entry("io.tmp.dirs", "'" + folder.resolve("tmp") + "'"));
  }

  private static String quoted(Path path) {
    return "'" + path.toUri() + "'";
  }

  /**
   * A server of Flink: memory flags and dynamic options as Flink itself computes them from the
   * configuration.
   *
   * @param resources the command of {@code BashJavaUtils} that computes them
   * @param role the part after {@code env.java.opts.}
   */
  Command server(String resources, String role, Path log, String main, List<String> arguments) {
    FlinkConfiguration configuration = configure();
    List<String> computed =
        Subprocess.run(
                java(
                    SMALL,
                    "org.apache.flink.runtime.util.bash.BashJavaUtils",
                    List.of(resources, "--configDir", conf().toString())),
                UTILS_WITHIN)
            .lines()
            .filter(line -> line.startsWith(RESULT))
            .map(line -> line.substring(RESULT.length()).strip())
            .toList();
    if (computed.size() != 2) {
      throw OperatorException.failed("flink did not say how much memory it wants: " + computed);
    }
    List<String> flags = new ArrayList<>(words(computed.get(0)));
    flags.addAll(words(configuration.get("env.java.opts.all").orElse("")));
    flags.addAll(words(configuration.get("env.java.opts." + role).orElse("")));
    flags.add("-Dlog.file=" + log);
    flags.add("-Dlog4j2.configurationFile=" + conf().resolve("log4j-console.properties").toUri());
    List<String> all = new ArrayList<>(List.of("--configDir", conf().toString()));
    all.addAll(words(computed.get(1)));
    all.addAll(arguments);
    return java(flags, main, all);
  }

  /** Flink's own command line, such as {@code run -d job.jar}. */
  public Command commandLine(List<String> arguments) {
    FlinkConfiguration configuration = configure();
    List<String> flags = new ArrayList<>(SMALL);
    flags.addAll(words(configuration.get("env.java.opts.all").orElse("")));
    flags.add("-Dlog4j2.configurationFile=" + conf().resolve("log4j-cli.properties").toUri());
    return java(flags, "org.apache.flink.client.cli.CliFrontend", arguments);
  }

  private Command java(List<String> flags, String main, List<String> arguments) {
    Path distribution = home.flinkDistribution();
    Path lib = distribution.resolve("lib");
    return Command.java(flags, lib + "/*", main, arguments)
        .with(
            Map.of(
                "FLINK_CONF_DIR", conf().toString(),
                "FLINK_LIB_DIR", lib.toString(),
                "FLINK_PLUGINS_DIR", distribution.resolve("plugins").toString()));
  }

  private static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
  }
}
