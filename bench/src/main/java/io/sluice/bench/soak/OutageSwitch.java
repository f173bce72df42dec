package io.sluice.bench.soak;

import io.sluice.sandbox.process.Service;
import io.sluice.sandbox.stack.Stack;
import java.util.Optional;
import java.util.function.Consumer;

/** Kills ClickHouse when its outage begins, and starts it when that ends. Not thread-safe. */
final class OutageSwitch {
  private final Stack stack;
  private final Optional<Outage> outage;
  private final Consumer<String> progress;
  private boolean begun;
  private boolean over;

  OutageSwitch(Stack stack, Optional<Outage> outage, Consumer<String> progress) {
    this.stack = stack;
    this.outage = outage;
    this.progress = progress;
  }

  /** Does what is due. */
  void look(double seconds) {
    if (outage.isEmpty()) {
      return;
    }
    if (!begun && seconds >= outage.get().startSeconds()) {
      begun = true;
      progress.accept("clickhouse is killed (kill -9)");
      stack.kill(Service.CLICKHOUSE);
    }
    if (begun && !over && seconds >= outage.get().endSeconds()) {
      end();
    }
  }

  /** Starts ClickHouse if it is away. */
  void end() {
    if (begun && !over) {
      over = true;
      stack.start(Service.CLICKHOUSE);
      progress.accept("clickhouse is back");
    }
  }
}
