package io.sluice.sandbox.compose;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code deploy/flink/entrypoint.sh} in a folder of its own, with checkpoints and savepoints that
 * are made up, and in place of Flink's entrypoint a script that says how it was called.
 */
final class EntrypointRun {
  /** What Flink begins a {@code _metadata} with. */
  private static final byte[] MAGIC = {0x49, 0x60, 0x67, 0x2d, 0, 0, 0, 5};

  private static final Path SCRIPT = Path.of("..", "deploy", "flink", "entrypoint.sh");
  private static final String CALLED = "flink called with: ";

  private final Path home;
  private final Map<String, String> environment = new TreeMap<>();

  /** What a run said and did. */
  record Outcome(int exitCode, String said, List<String> flinkArguments) {
    /** What the job is started from; empty for no state. */
    List<String> from() {
      int at = flinkArguments.indexOf("--fromSavepoint");
      return at < 0 ? List.of() : List.of(flinkArguments.get(at + 1));
    }
  }

  EntrypointRun(Path home) throws IOException {
    this.home = home;
    Files.copy(SCRIPT, home.resolve("entrypoint.sh"));
    configure("file://" + home.resolve("checkpoints"));
    Files.writeString(
        home.resolve("flink.sh"), "#!/bin/bash\nprintf '" + CALLED + "%s\\n' \"$*\"\n");
    Files.setPosixFilePermissions(
        home.resolve("flink.sh"), PosixFilePermissions.fromString("rwx------"));
  }

  /** Writes the configuration beside the script. */
  EntrypointRun configure(String checkpoints, String... more) throws IOException {
    List<String> lines = new ArrayList<>(List.of("# a comment", "rest.port: 8081"));
    lines.add("execution.checkpointing.dir: " + checkpoints);
    lines.add("execution.checkpointing.savepoint-dir: file://" + home.resolve("savepoints"));
    lines.addAll(List.of(more));
    Files.write(home.resolve("config.yaml"), lines);
    return this;
  }

  EntrypointRun with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  EntrypointRun without(String variable) {
    environment.remove(variable);
    return this;
  }

  /** A complete checkpoint of a job; written so long after now. */
  Path checkpoint(String job, int number, int afterSeconds) throws IOException {
    return state(home.resolve("checkpoints").resolve(job).resolve("chk-" + number), afterSeconds);
  }

  /** A complete savepoint. */
  Path savepoint(String name, int afterSeconds) throws IOException {
    return state(home.resolve("savepoints").resolve("savepoint-" + name), afterSeconds);
  }

  private static Path state(Path folder, int afterSeconds) throws IOException {
    Path metadata = Files.createDirectories(folder).resolve("_metadata");
    Files.write(metadata, MAGIC);
    Files.setLastModifiedTime(metadata, FileTime.from(Instant.now().plusSeconds(afterSeconds)));
    return folder;
  }

  /** What a power cut may leave: the length and time of the file, and zeros. */
  Path damaged(Path state) throws IOException {
    Path metadata = state.resolve("_metadata");
    FileTime writtenAt = Files.getLastModifiedTime(metadata);
    Files.write(metadata, new byte[MAGIC.length]);
    Files.setLastModifiedTime(metadata, writtenAt);
    return state;
  }

  Path checkpoints() {
    return home.resolve("checkpoints");
  }

  /** Starts the job's JobManager. */
  Outcome start() throws IOException, InterruptedException {
    return run("standalone-job", "--job-classname", "io.sluice.httplog.HttpLogJob");
  }

  Outcome run(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("bash", home.resolve("entrypoint.sh").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.matches("SLUICE_.*|FLINK_.*"));
    builder.environment().put("FLINK_HOME", home.toString());
    builder.environment().put("FLINK_ENTRYPOINT", home.resolve("flink.sh").toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    List<String> called =
        said.lines()
            .filter(line -> line.startsWith(CALLED))
            .flatMap(line -> List.of(line.substring(CALLED.length()).split(" ")).stream())
            .toList();
    return new Outcome(process.waitFor(), said, called);
  }
}
