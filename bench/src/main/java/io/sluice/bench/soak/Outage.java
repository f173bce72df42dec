package io.sluice.bench.soak;

import io.sluice.bench.BenchStack;
import io.sluice.sandbox.process.Service;

/** Kills ClickHouse when its outage begins, and starts it when that ends. Not thread-safe. */
final class Outage {
  private final BenchStack bench;
  private final SoakResult.OutageSeconds when;
  private boolean begun;
  private boolean over;

  Outage(BenchStack bench, SoakResult.OutageSeconds when) {
    this.bench = bench;
    this.when = when;
  }

  void look(double seconds) {
    if (when != null && !begun && seconds >= when.at()) {
      begun = true;
      bench.tell("clickhouse is killed (kill -9)");
      bench.stack().kill(Service.CLICKHOUSE);
    }
    if (begun && seconds >= when.at() + when.length()) {
      end();
    }
  }

  /** Starts ClickHouse if it is away. */
  void end() {
    if (begun && !over) {
      over = true;
      bench.stack().start(Service.CLICKHOUSE);
      bench.tell("clickhouse is back");
    }
  }
}
