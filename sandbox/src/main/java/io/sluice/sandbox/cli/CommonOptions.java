package io.sluice.sandbox.cli;

import io.sluice.ops.cli.Deployment;
import io.sluice.ops.cli.Terminal;
import io.sluice.ops.flink.FlinkRest;
import io.sluice.ops.kafka.KafkaAccess;
import io.sluice.ops.sql.ClickHouseSql;
import io.sluice.sandbox.config.Home;
import io.sluice.sandbox.stack.Stack;
import io.sluice.sandbox.stack.StateFolder;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What every verb takes: which stack is meant, and the call for help. */
public final class CommonOptions extends Deployment {
  @Option(
      names = "--dir",
      paramLabel = "<folder>",
      description =
          "state folder of the stack (default: $SLUICE_DIR, else .sluice in the repository)")
  private Path dir;

  private final Home home = Home.find();

  public Home home() {
    return home;
  }

  public Path path() {
    if (dir != null) {
      return dir;
    }
    String fromEnvironment = System.getenv("SLUICE_DIR");
    return fromEnvironment == null ? home.defaultStateDir() : Path.of(fromEnvironment);
  }

  /** The stack that was started there. */
  public Stack attach(CommandSpec verb) {
    return Stack.attach(home, path(), Terminal.progress(verb));
  }

  @Override
  protected KafkaAccess kafka(CommandSpec verb) {
    return attach(verb).kafka();
  }

  @Override
  protected ClickHouseSql clickHouse(CommandSpec verb) {
    return attach(verb).clickHouse();
  }

  @Override
  protected String flink(CommandSpec verb) {
    return attach(verb).options().ports().flinkRestUrl();
  }

  @Override
  protected Stream<URI> metrics(CommandSpec verb) {
    return attach(verb).job().taskManagers().stream();
  }

  @Override
  protected Supplier<Optional<String>> job(CommandSpec verb, FlinkRest flink) {
    return attach(verb).job().id();
  }

  @Override
  protected Optional<Path> ledger(CommandSpec verb) {
    return Optional.of(new StateFolder(path()).ledger());
  }

  @Override
  protected <T> T alone(CommandSpec verb, String what, Supplier<T> action) {
    return attach(verb).alone(what, action);
  }
}
