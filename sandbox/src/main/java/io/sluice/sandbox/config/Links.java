package io.sluice.sandbox.config;

/**
 * The ports at which the services look for each other: their own, or those of a network in between
 * that can be made to fail.
 *
 * @param kafka where Kafka tells its clients to connect to
 * @param clickhouse where the proxy looks for ClickHouse
 * @param proxy where the job looks for the proxy
 * @param jobmanager where the TaskManager looks for the JobManager
 * @param taskmanager where the JobManager looks for the TaskManager
 */
public record Links(int kafka, int clickhouse, int proxy, int jobmanager, int taskmanager) {

  /** Nothing in between. */
  public static Links direct(Ports ports) {
    return new Links(
        ports.kafka(), ports.clickhouse(), ports.proxy(), ports.flinkRpc(), ports.taskmanagerRpc());
  }
}
