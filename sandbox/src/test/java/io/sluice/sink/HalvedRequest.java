package io.sluice.sink;

import io.sluice.block.Block;
import io.sluice.clickhouse.InsertRequest;
import io.sluice.clickhouse.InsertStatement;
import java.util.List;

/** The requests that the sink makes of a batch that the proxy found too large. */
public final class HalvedRequest {
  private HalvedRequest() {}

  /** The two halves, under the tokens that derive from the batch's. */
  public static List<InsertRequest> of(
      InsertStatement statement, String token, List<Block> blocks) {
    return new Batch(token, blocks)
        .halves().stream()
            .map(
                half ->
                    new InsertRequest(
                        statement, half.token(), half.frames(), Math.toIntExact(half.rowCount())))
            .toList();
  }
}
