package io.sluice.containers;

/**
 * ClickHouse Keeper inside a ClickHouse server, alone. A replica that dies is noticed after some
 * seconds rather than the usual 30.
 */
final class Keeper {
  private static final int PORT = 9181;

  private Keeper() {}

  /**
   * For {@code config.d} of the server that is the Keeper.
   *
   * @param host the server's own name
   */
  static String configuration(String host) {
    return """
        <clickhouse>
            <keeper_server>
                <tcp_port>%d</tcp_port>
                <server_id>1</server_id>
                <log_storage_path>/var/lib/clickhouse/coordination/log</log_storage_path>
                <snapshot_storage_path>/var/lib/clickhouse/coordination/snapshots</snapshot_storage_path>
                <coordination_settings>
                    <operation_timeout_ms>10000</operation_timeout_ms>
                    <min_session_timeout_ms>2000</min_session_timeout_ms>
                    <session_timeout_ms>6000</session_timeout_ms>
                </coordination_settings>
                <raft_configuration>
                    <server>
                        <id>1</id>
                        <hostname>%s</hostname>
                        <port>9234</port>
                    </server>
                </raft_configuration>
            </keeper_server>
        </clickhouse>
        """
        .formatted(PORT, host);
  }

  /** For {@code config.d} of a server that uses it. */
  static String clientConfiguration(String host) {
    return """
        <clickhouse>
            <zookeeper>
                <node><host>%s</host><port>%d</port></node>
            </zookeeper>
        </clickhouse>
        """
        .formatted(host, PORT);
  }
}
