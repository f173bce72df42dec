package io.sluice.clickhouse.http;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The settings every insert is sent with. They are constants, since ClickHouse recognises a
 * repeated block by token, table and the block's number in its insert: anything that cuts the rows
 * into other blocks on a retry would store them twice. They are spelled out even where they are the
 * default, so that no user profile on the server can change them. One that a profile can still
 * change is {@code deduplicate_insert} of ClickHouse 26.2 and newer, which overrides {@link
 * #INSERT_DEDUPLICATE}: older servers refuse a request with a setting that they do not know.
 *
 * <p>Sources: <a href="https://clickhouse.com/docs/operations/settings/settings">the settings</a>,
 * <a href="https://clickhouse.com/docs/interfaces/http">the HTTP interface</a>, <a
 * href="https://clickhouse.com/docs/guides/developer/deduplicating-inserts-on-retries">deduplication
 * on retries</a>.
 */
enum InsertSetting {
  /** Since 26.2 the default is to collect inserts on the server. */
  ASYNC_INSERT("async_insert", "0"),

  /** A block whose token is known is not stored again. */
  INSERT_DEDUPLICATE("insert_deduplicate", "1"),

  /** The same for the targets of materialized views; without it a retry doubles the totals. */
  DEDUPLICATE_IN_VIEWS("deduplicate_blocks_in_dependent_materialized_views", "1"),

  /**
   * With {@link #MIN_BLOCK_ROWS} and {@link #MIN_BLOCK_BYTES}: the blocks of a request become one.
   * No memory is set aside for it, since a Native block brings its own size and small ones are
   * appended to each other. The server's limit is 2^32 (above it takes 2^32 and logs a warning).
   */
  MAX_BLOCK_ROWS("max_insert_block_size", Integer.toString(InsertRequest.MAX_ROWS)),

  MIN_BLOCK_ROWS("min_insert_block_size_rows", Integer.toString(InsertRequest.MAX_ROWS)),

  MIN_BLOCK_BYTES("min_insert_block_size_bytes", "0"),

  /**
   * One writing pipeline. Newer servers spread a plain insert over several, each of which would
   * form blocks of what it happened to get.
   */
  MAX_THREADS("max_insert_threads", "1"),

  /**
   * 0: any number of partitions. Late rows spread over many, and refusing them would stop the rest.
   */
  MAX_PARTITIONS("max_partitions_per_insert_block", "0"),

  /**
   * Where the table is a Distributed one, the answer comes when the shards have the rows, not when
   * they are queued for them. Known since ClickHouse 23.11.
   */
  FOREGROUND_INSERT("distributed_foreground_insert", "1"),

  /**
   * An insert that takes longer than {@code max_execution_time} is an error (159). A profile with
   * {@code break} would store a part of it, or nothing, and call that a success.
   */
  TIMEOUT_OVERFLOW_MODE("timeout_overflow_mode", "throw"),

  /** 0: none. With {@link #OFFSET} it would cut what materialized views make of a block. */
  LIMIT("limit", "0"),

  OFFSET("offset", "0"),

  /** A column the table does not have is an error (117), not a row of defaults. */
  SKIP_UNKNOWN_FIELDS("input_format_skip_unknown_fields", "0"),

  /**
   * The answer comes when all is done, so that an error is a status with a code and not a text at
   * the end of a 200.
   */
  WAIT_END_OF_QUERY("wait_end_of_query", "1");

  private final String parameter;
  private final String value;

  InsertSetting(String parameter, String value) {
    this.parameter = parameter;
    this.value = value;
  }

  /**
   * Names that are taken: by these, by the request itself, by its headers, and those that would
   * undo what these do.
   */
  static Set<String> names() {
    return Stream.concat(
            Arrays.stream(values()).map(setting -> setting.parameter),
            Stream.of(
                "query",
                "insert_deduplication_token",
                "deduplicate_insert",
                "materialized_views_ignore_errors",
                "decompress",
                "user",
                "password"))
        .collect(Collectors.toSet());
  }

  static String urlParameters() {
    return Arrays.stream(values())
        .map(setting -> setting.parameter + "=" + setting.value)
        .collect(Collectors.joining("&"));
  }
}
