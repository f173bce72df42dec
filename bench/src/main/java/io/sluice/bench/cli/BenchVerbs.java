package io.sluice.bench.cli;

import io.sluice.bench.chaos.ChaosReportVerb;
import io.sluice.bench.chaos.ChaosVerb;
import io.sluice.bench.soak.SoakVerb;
import io.sluice.sandbox.cli.Verbs;
import java.util.List;

/** The experiments: what they measure, and what they break. */
public final class BenchVerbs implements Verbs {
  @Override
  public List<Class<?>> verbs() {
    return List.of(BenchVerb.class, SoakVerb.class, ChaosVerb.class, ChaosReportVerb.class);
  }
}
