package io.sluice.sandbox.stack;

import io.sluice.ops.OperatorException;
import io.sluice.sandbox.clickhouse.ChdbLibrary;
import io.sluice.sandbox.clickhouse.SqlMigrations;
import io.sluice.sandbox.config.Home;
import io.sluice.sandbox.process.PortClaim;
import io.sluice.sandbox.process.Service;
import io.sluice.sandbox.process.ServiceRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * ClickHouse without the rest of a stack, for work on tables alone. Its data stays in its folder.
 */
public final class LoneClickHouse implements AutoCloseable {
  private final ServiceRunner runner;
  private final String url;

  private LoneClickHouse(ServiceRunner runner, String url) {
    this.runner = runner;
    this.url = url;
  }

  /**
   * Starts it in a folder, and creates the tables of {@code sql/}.
   *
   * @param dir has or gets a folder {@code clickhouse}
   * @param port option {@code --port} of the verb that calls
   * @param anew without the data that is there
   * @throws OperatorException if it runs there already, or does not start
   */
  public static LoneClickHouse start(
      Home home, Path dir, int port, boolean anew, Consumer<String> progress) {
    ChdbLibrary.requireSupportedMachine();
    Path folder = dir.toAbsolutePath().normalize().resolve(Service.CLICKHOUSE.toString());
    PortClaim claim = new PortClaim(Service.CLICKHOUSE, "--port", port);
    ServiceRunner runner =
        new ServiceRunner(new ClickHouseService(home, folder, claim, progress), folder);
    LoneClickHouse clickHouse = new LoneClickHouse(runner, "http://127.0.0.1:" + port);
    if (runner.process().isPresent()) {
      throw OperatorException.wrongState("a benchmark is running in " + dir);
    }
    if (anew) {
      StateFolder.deleteTree(folder);
    }
    runner.launch();
    Runtime.getRuntime().addShutdownHook(new Thread(clickHouse::close, "clickhouse-end"));
    try {
      runner.awaitReady();
      SqlMigrations.apply(home.sql(), URI.create(clickHouse.url), line -> {});
      return clickHouse;
    } catch (IOException e) {
      clickHouse.close();
      throw new UncheckedIOException("cannot create the tables", e);
    } catch (InterruptedException e) {
      clickHouse.close();
      throw OperatorException.interrupted("creating the tables");
    } catch (RuntimeException e) {
      clickHouse.close();
      throw e;
    }
  }

  /** Such as {@code http://127.0.0.1:8123}. */
  public String url() {
    return url;
  }

  /**
   * The process.
   *
   * @throws OperatorException if it has died
   */
  public ProcessHandle process() {
    return runner.process().orElseThrow(() -> OperatorException.failed("clickhouse has died"));
  }

  /** Ends the process; the data stays. */
  @Override
  public void close() {
    runner.stop();
  }
}
