package io.sluice.clickhouse.http;

import java.util.Arrays;

/**
 * The ClickHouse errors that pass without a change of the request or the table. Any other code is a
 * refusal, which raises an alert: an unforeseen error deserves a look, and the batch is offered
 * again in either case.
 *
 * <p>Names and numbers as in ClickHouse's {@code src/Common/ErrorCodes.cpp}.
 */
enum PassingError {
  // The server saw the end of the body too early, because the connection was cut on the way.
  UNEXPECTED_END_OF_FILE(3),
  CANNOT_READ_FROM_ISTREAM(23),
  ATTEMPT_TO_READ_AFTER_EOF(32),
  CANNOT_READ_ALL_DATA(33),
  CANNOT_READ_FROM_SOCKET(95),
  CANNOT_WRITE_TO_SOCKET(96),
  CANNOT_READ_ALL_DATA_FROM_CHUNKED_INPUT(97),
  ZSTD_DECODER_FAILED(561),
  CANNOT_WRITE_AFTER_BUFFER_CANCELED(734),

  // The server has too much to do, or too little room, for now.
  TIMEOUT_EXCEEDED(159),
  TOO_SLOW(160),
  CANNOT_ALLOCATE_MEMORY(173),
  QUOTA_EXPIRED(201),
  TOO_MANY_SIMULTANEOUS_QUERIES(202),
  MEMORY_LIMIT_EXCEEDED(241),
  NOT_ENOUGH_SPACE(243),
  TOO_MANY_PARTS(252),
  RECEIVED_ERROR_TOO_MANY_REQUESTS(364),
  CANNOT_SCHEDULE_TASK(439),
  DEADLOCK_AVOIDED(473),
  DISTRIBUTED_TOO_MANY_PENDING_BYTES(574),
  USER_SESSION_LIMIT_EXCEEDED(700),
  SERVER_OVERLOADED(745),

  // The server is starting or stopping, or the query was cancelled.
  ABORTED(236),
  QUERY_WAS_CANCELLED(394),
  THREAD_WAS_CANCELED(677),
  ASYNC_LOAD_CANCELED(696),
  ASYNC_LOAD_WAIT_FAILED(722),
  TABLE_IS_BEING_RESTARTED(733),
  QUERY_WAS_CANCELLED_BY_CLIENT(735),

  // What the server leans on is away: disks, replicas, Keeper, other servers, object storage.
  CANNOT_READ_FROM_FILE_DESCRIPTOR(74),
  CANNOT_WRITE_TO_FILE_DESCRIPTOR(75),
  CANNOT_OPEN_FILE(76),
  DNS_ERROR(198),
  NO_FREE_CONNECTION(203),
  CANNOT_FSYNC(204),
  SOCKET_TIMEOUT(209),
  NETWORK_ERROR(210),
  NO_ZOOKEEPER(225),
  TABLE_IS_READ_ONLY(242),
  UNEXPECTED_ZOOKEEPER_ERROR(244),
  NO_ACTIVE_REPLICAS(254),
  NO_AVAILABLE_REPLICA(265),
  ALL_CONNECTION_TRIES_FAILED(279),
  TOO_FEW_LIVE_REPLICAS(285),
  UNSATISFIED_QUORUM_FOR_PREVIOUS_WRITE(286),
  REPLICA_IS_NOT_IN_QUORUM(289),
  UNKNOWN_STATUS_OF_INSERT(319),
  PART_IS_TEMPORARILY_LOCKED(384),
  REPLICA_STATUS_CHANGED(416),
  SYSTEM_ERROR(425),
  S3_ERROR(499),
  NOT_A_LEADER(529),
  UNKNOWN_STATUS_OF_TRANSACTION(659),
  KEEPER_EXCEPTION(999),

  // What libraries throw inside the server; almost always network or disk.
  POCO_EXCEPTION(1000),
  STD_EXCEPTION(1001),
  UNKNOWN_EXCEPTION(1002);

  final int code;

  PassingError(int code) {
    this.code = code;
  }

  static boolean includes(int clickHouseCode) {
    return Arrays.stream(values()).anyMatch(each -> each.code == clickHouseCode);
  }
}
