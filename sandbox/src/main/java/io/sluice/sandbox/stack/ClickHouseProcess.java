package io.sluice.sandbox.stack;

import io.sluice.ops.sql.ClickHouseSql;
import io.sluice.sandbox.clickhouse.ChdbLibrary;
import io.sluice.sandbox.clickhouse.SqlMigrations;
import io.sluice.sandbox.config.Home;
import io.sluice.sandbox.process.Command;
import io.sluice.sandbox.process.Service;
import io.sluice.sandbox.process.ServiceProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** ClickHouse's engine behind HTTP, in a JVM of its own. Data is in {@code data/} of its folder. */
final class ClickHouseProcess extends ServiceProcess {
  private static final String MAIN = "io.sluice.sandbox.clickhouse.ChdbServer";

  private final Home home;
  private final String port;
  private final Consumer<String> progress;

  ClickHouseProcess(Home home, Path folder, int port, Consumer<String> progress) {
    super(Service.CLICKHOUSE, folder, List.of(port));
    this.home = home;
    this.port = Integer.toString(port);
    this.progress = progress;
  }

  @Override
  protected Command prepare() {
    return home.sandboxJava(
        MAIN,
        List.of("-Xmx256m", "-XX:+UseSerialGC"),
        List.of(
            "--library", ChdbLibrary.ensure(home.chdbCache(), progress).toString(),
            "--data", folder().resolve("data").toString(),
            "--port", port));
  }

  @Override
  protected boolean answers() {
    return server().answers();
  }

  @Override
  protected void equip() {
    SqlMigrations.apply(home.sql(), server());
  }

  private ClickHouseSql server() {
    return new ClickHouseSql("http://127.0.0.1:" + port);
  }
}
