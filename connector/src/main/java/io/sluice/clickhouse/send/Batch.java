package io.sluice.clickhouse.send;

import io.sluice.clickhouse.block.Block;
import io.sluice.clickhouse.block.LaneElement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/**
 * What one request carries: these blocks, in this order, under this token. Immutable, because a
 * retry must repeat the first attempt byte for byte for ClickHouse to recognize it.
 *
 * @param token ClickHouse's {@code insert_deduplication_token}
 */
public record Batch(String token, List<Block> blocks) implements LaneElement {
  private static final long serialVersionUID = 1L;

  public Batch {
    if (token.isEmpty()) {
      throw new IllegalArgumentException("token: empty, must name the batch");
    }
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("blocks: none, a batch holds at least one");
    }
    blocks = List.copyOf(blocks);
  }

  public long rowCount() {
    return blocks.stream().mapToLong(Block::rowCount).sum();
  }

  public long byteCount() {
    return blocks.stream().mapToLong(Block::frameBytes).sum();
  }

  public List<byte[]> frames() {
    return blocks.stream().map(Block::frame).toList();
  }

  public boolean canBeHalved() {
    return blocks.size() > 1;
  }

  /**
   * Two batches that hold this one's blocks between them. Their tokens derive from this one's, so
   * that halving again what was restored from an older checkpoint gives the same two.
   */
  public List<Batch> halves() {
    int middle = blocks.size() / 2;
    return List.of(
        new Batch(childToken(0), blocks.subList(0, middle)),
        new Batch(childToken(1), blocks.subList(middle, blocks.size())));
  }

  private String childToken(int child) {
    byte[] name = (token + "/" + child).getBytes(StandardCharsets.US_ASCII);
    return UUID.nameUUIDFromBytes(name).toString();
  }
}
