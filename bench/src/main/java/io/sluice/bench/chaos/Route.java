package io.sluice.bench.chaos;

import java.util.Locale;

/** The connections that the campaign's network carries; named from the one who connects. */
enum Route {
  JOB_TO_KAFKA,
  JOB_TO_PROXY,
  PROXY_TO_CLICKHOUSE,
  TASKMANAGER_TO_JOBMANAGER,
  JOBMANAGER_TO_TASKMANAGER;

  /** The name for people: "job to kafka". */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
