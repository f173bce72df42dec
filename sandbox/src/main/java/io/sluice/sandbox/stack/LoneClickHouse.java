package io.sluice.sandbox.stack;

import io.sluice.ops.OperatorException;
import io.sluice.sandbox.clickhouse.ChdbPlatform;
import io.sluice.sandbox.config.Home;
import io.sluice.sandbox.process.Folders;
import io.sluice.sandbox.process.Service;
import io.sluice.sandbox.process.ServiceProcess;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * ClickHouse without the rest of a stack, for work on tables alone. Its data stays in its folder.
 */
public final class LoneClickHouse implements AutoCloseable {
  private final ServiceProcess server;
  private final String url;

  private LoneClickHouse(ServiceProcess server, String url) {
    this.server = server;
    this.url = url;
  }

  /**
   * Starts it in a folder, and creates the tables of {@code sql/}.
   *
   * @param dir has or gets a folder {@code clickhouse}
   * @param anew without the data that is there
   * @throws OperatorException if it runs there already, or does not start
   */
  public static LoneClickHouse start(
      Home home, Path dir, int port, boolean anew, Consumer<String> progress) {
    ChdbPlatform.current();
    Path folder = new StateFolder(dir).of(Service.CLICKHOUSE);
    LoneClickHouse clickHouse =
        new LoneClickHouse(
            new ClickHouseProcess(home, folder, port, progress), "http://127.0.0.1:" + port);
    if (clickHouse.server.process().isPresent()) {
      throw OperatorException.wrongState("a benchmark is running in " + dir);
    }
    if (anew) {
      Folders.delete(folder);
    }
    clickHouse.server.launch();
    Runtime.getRuntime().addShutdownHook(new Thread(clickHouse::close, "clickhouse-end"));
    try {
      clickHouse.server.awaitReady();
      return clickHouse;
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
    return server.process().orElseThrow(() -> OperatorException.failed("clickhouse has died"));
  }

  /** Ends the process; the data stays. */
  @Override
  public void close() {
    server.stop();
  }
}
