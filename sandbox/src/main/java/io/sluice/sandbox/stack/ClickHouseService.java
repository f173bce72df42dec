package io.sluice.sandbox.stack;

import io.sluice.ops.OperatorException;
import io.sluice.ops.sql.ClickHouseSql;
import io.sluice.sandbox.clickhouse.ChdbLibrary;
import io.sluice.sandbox.config.Home;
import io.sluice.sandbox.process.Command;
import io.sluice.sandbox.process.ManagedService;
import io.sluice.sandbox.process.PortClaim;
import io.sluice.sandbox.process.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** ClickHouse's engine behind HTTP, in a JVM of its own. Data is in {@code data/} of its folder. */
final class ClickHouseService implements ManagedService {
  private static final String MAIN = "io.sluice.sandbox.clickhouse.ChdbServer";

  private final Home home;
  private final Path folder;
  private final PortClaim port;
  private final Consumer<String> progress;

  ClickHouseService(Home home, Path folder, PortClaim port, Consumer<String> progress) {
    this.home = home;
    this.folder = folder;
    this.port = port;
    this.progress = progress;
  }

  @Override
  public Service service() {
    return Service.CLICKHOUSE;
  }

  @Override
  public List<PortClaim> ports() {
    return List.of(port);
  }

  @Override
  public Command prepare() {
    try {
      Path library = ChdbLibrary.ensure(home.chdbCache(), progress);
      return new Command(
          home.sandboxJava(
              MAIN,
              List.of("-Xmx256m", "-XX:+UseSerialGC"),
              List.of(
                  "--library", library.toString(),
                  "--data", folder.resolve("data").toString(),
                  "--port", Integer.toString(port.port()))));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot get the clickhouse engine", e);
    } catch (InterruptedException e) {
      throw OperatorException.interrupted("getting the clickhouse engine");
    }
  }

  @Override
  public boolean isReady() {
    return new ClickHouseSql("http://127.0.0.1:" + port.port()).answers();
  }
}
