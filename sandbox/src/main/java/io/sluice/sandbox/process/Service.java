package io.sluice.sandbox.process;

import java.util.Locale;

/** The processes of the stack; the names are those of the command line and of the folders. */
public enum Service {
  KAFKA,
  CLICKHOUSE,
  PROXY,
  JOBMANAGER,
  TASKMANAGER;

  /** The name in lower case, as people type it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
