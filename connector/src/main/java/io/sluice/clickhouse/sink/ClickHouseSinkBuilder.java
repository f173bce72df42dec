package io.sluice.clickhouse.sink;

import static java.util.Objects.requireNonNull;

import io.sluice.clickhouse.block.BlockSettings;
import io.sluice.clickhouse.block.Column;
import io.sluice.clickhouse.block.Table;
import io.sluice.clickhouse.http.Authorities;
import io.sluice.clickhouse.http.Endpoint;
import io.sluice.clickhouse.http.InsertStatement;
import io.sluice.clickhouse.http.Timeouts;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.MemorySize;

/**
 * Configures a {@link ClickHouseSink}. Table and endpoints are required; everything else has a
 * default.
 */
@PublicEvolving
public final class ClickHouseSinkBuilder<T> {
  /**
   * A block fills a quarter of a request at most, or requests could not be filled; above 256 KiB
   * compression gains nothing more.
   */
  private static final long LARGEST_BLOCK_BYTES = 256L << 10;

  private static final int MAX_RAW_BLOCK_BYTES = 16 << 20;
  private static final long LEAST_REQUEST_BYTES = 4 << 10;
  private static final long MOST_REQUEST_BYTES = 1 << 30;

  private Table<T> table;
  private Map<String, String> insertSettings = Map.of();
  private List<URI> endpoints = List.of();
  private String user = "";
  private String password = "";
  private Authorities authorities = Authorities.OF_THE_JVM;
  private Duration window = Duration.ofSeconds(1);
  private Duration requestTimeout = Timeouts.DEFAULT.total();
  private MemorySize maxRequestSize = MemorySize.ofMebiBytes(8);
  private MemorySize maxBufferSize = new MemorySize(SinkSettings.WHAT_FITS);
  private WhenFull whenFull = WhenFull.BLOCK;
  private int zstdLevel = BlockSettings.DEFAULT.zstdLevel();

  ClickHouseSinkBuilder() {}

  /**
   * Where rows go, and how to read them.
   *
   * @param columns in any order; those of the table that are missing get its defaults
   * @param arrivalEpochMilli when a row came in; ages and latencies are measured from it
   */
  public ClickHouseSinkBuilder<T> table(
      String database, String name, List<Column<T>> columns, Table.Arrival<T> arrivalEpochMilli) {
    return table(new Table<>(database, name, columns, arrivalEpochMilli));
  }

  public ClickHouseSinkBuilder<T> table(Table<T> table) {
    this.table = table;
    return this;
  }

  /** Settings of ClickHouse for this table's inserts, such as {@code optimize_on_insert}. */
  public ClickHouseSinkBuilder<T> insertSettings(Map<String, String> settings) {
    this.insertSettings = Map.copyOf(settings);
    return this;
  }

  /**
   * http or https, a host, maybe a port and a path; one for each subtask of the sink. An endpoint
   * has one window; no other sink may have the same.
   */
  public ClickHouseSinkBuilder<T> endpoints(List<URI> urls) {
    this.endpoints = List.copyOf(requireNonNull(urls, "endpoints"));
    return this;
  }

  /** ClickHouse's user; by default the server's own default. */
  public ClickHouseSinkBuilder<T> credentials(String user, String password) {
    this.user = user;
    this.password = password;
    return this;
  }

  /**
   * Who may sign certificates of https endpoints, instead of those whom the JVM trusts.
   *
   * @param pem certificates, one after the other; empty for the JVM's own
   */
  public ClickHouseSinkBuilder<T> trustedCertificates(String pem) {
    try {
      this.authorities = new Authorities(pem);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("trustedCertificates: " + e.getMessage(), e);
    }
    return this;
  }

  /** What has to pass between two requests to an endpoint; a second by default. */
  public ClickHouseSinkBuilder<T> window(Duration window) {
    this.window = requireNonNull(window, "window");
    return this;
  }

  /** How long ClickHouse may take to answer; three minutes by default, an hour at most. */
  public ClickHouseSinkBuilder<T> requestTimeout(Duration timeout) {
    this.requestTimeout = requireNonNull(timeout, "requestTimeout");
    return this;
  }

  /** The largest body of a request, compressed; 8 MiB by default. */
  public ClickHouseSinkBuilder<T> maxRequestSize(MemorySize size) {
    this.maxRequestSize = requireNonNull(size, "maxRequestSize");
    return this;
  }

  /**
   * What a lane buffers, compressed, before it holds its source or blocks its input; by default
   * what fits. All lanes of all sinks in a JVM share a fifth of its heap; see {@link BufferMemory}.
   */
  public ClickHouseSinkBuilder<T> maxBufferSize(MemorySize size) {
    this.maxBufferSize = requireNonNull(size, "maxBufferSize");
    return this;
  }

  /**
   * Takes whatever comes, also when the buffer is full: for a sink in a chain whose input another
   * sink's {@link ClickHouseSink#hold} limits already, such as totals beside the rows that they are
   * made from. The buffer has no limit then; watch the metric {@code bufferFill}.
   */
  public ClickHouseSinkBuilder<T> acceptWhenFull() {
    this.whenFull = WhenFull.ACCEPT;
    return this;
  }

  /** 1 (fastest) to 19 (smallest); 3 by default. */
  public ClickHouseSinkBuilder<T> zstdLevel(int level) {
    this.zstdLevel = level;
    return this;
  }

  /** A sink that is checked and may be used once. */
  public ClickHouseSink<T> build() {
    if (table == null) {
      throw new IllegalArgumentException("table: none, one is needed");
    }
    long maxRequestBytes = maxRequestSize.getBytes();
    if (maxRequestBytes < LEAST_REQUEST_BYTES || maxRequestBytes > MOST_REQUEST_BYTES) {
      throw new IllegalArgumentException(
          "maxRequestSize: %d bytes, must be from %d to %d"
              .formatted(maxRequestBytes, LEAST_REQUEST_BYTES, MOST_REQUEST_BYTES));
    }
    int maxBlockBytes = (int) Math.min(LARGEST_BLOCK_BYTES, maxRequestBytes / 4);
    Timeouts timeouts = Timeouts.ofRequest(requestTimeout);
    return new ClickHouseSink<>(
        table,
        new BlockSettings(maxBlockBytes, MAX_RAW_BLOCK_BYTES, zstdLevel),
        new SinkSettings(
            endpoints.stream()
                .map(url -> new Endpoint(url, user, password, timeouts, authorities))
                .toList(),
            new InsertStatement(
                table.database(), table.name(), table.columnNames(), insertSettings),
            window,
            maxRequestBytes,
            maxBufferSize.getBytes()),
        whenFull);
  }
}
