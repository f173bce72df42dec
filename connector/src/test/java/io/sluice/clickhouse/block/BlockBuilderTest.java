package io.sluice.clickhouse.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;

class BlockBuilderTest {
  private static final int LIMIT = 4096;
  private static final BlockSettings SETTINGS = new BlockSettings(LIMIT, 1 << 20, 3);

  @Property(tries = 100)
  @Domain(RowArbitraries.class)
  void keepsEveryRowInOrderAndEveryBlockBelowTheLimit(@ForAll List<Row> rows) {
    List<Block> blocks = encode(SETTINGS, rows);
    assertThat(blocks).allMatch(b -> b.frameBytes() <= LIMIT || b.rowCount() == 1);
    assertThat(decode(blocks)).isEqualTo(Row.expected(rows));
  }

  @Property(tries = 30)
  @Domain(DomainContext.Global.class)
  void splitsWhenRowsSuddenlyCompressWorse(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 2000) int textBytes) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      rows.add(Row.of(i, "always the same text"));
    }
    for (int i = 0; i < 100; i++) {
      rows.add(Row.of(i, noise(random, textBytes)));
    }
    List<Block> blocks = encode(SETTINGS, rows);
    assertThat(blocks).allMatch(b -> b.frameBytes() <= LIMIT);
    assertThat(decode(blocks)).isEqualTo(Row.expected(rows));
  }

  @Test
  void givesARowThatExceedsTheLimitABlockOfItsOwn() {
    Random random = new Random(1);
    Row giant = Row.of(2, noise(random, 3 * LIMIT));
    List<Block> blocks = encode(SETTINGS, List.of(Row.of(1, "a"), giant, Row.of(3, "b")));
    assertThat(blocks).filteredOn(b -> b.frameBytes() > LIMIT).hasSize(1);
    Block large = blocks.stream().filter(b -> b.frameBytes() > LIMIT).findFirst().orElseThrow();
    assertThat(decode(List.of(large))).isEqualTo(Row.expected(List.of(giant)));
  }

  @Test
  void learnsToFillBlocksCloseToTheLimit() {
    BlockSettings settings = new BlockSettings(64 << 10, 16 << 20, 3);
    Random random = new Random(7);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 200_000; i++) {
      rows.add(Row.of(i, "/catalog/item-" + random.nextInt(10_000) + "/image.jpg"));
    }
    List<Block> blocks = encode(settings, rows);
    List<Block> settled = blocks.subList(6, blocks.size() - 1);
    assertThat(settled)
        .hasSizeGreaterThan(3)
        .allSatisfy(b -> assertThat(b.frameBytes()).isBetween(48 << 10, 64 << 10));
  }

  @Test
  void endsABlockAtTheRawLimitHoweverWellItCompresses() {
    BlockSettings settings = new BlockSettings(LIMIT, 32 << 10, 3);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      rows.add(Row.of(0, "x".repeat(100)));
    }
    assertThat(encode(settings, rows))
        .hasSizeGreaterThan(10)
        .allMatch(b -> b.rawBytes() < (32 << 10) + 500);
  }

  @Test
  void countsTheElementsOfArraysAndMaps() {
    Table<List<Long>> wide =
        new Table<>(
            "db",
            "t",
            List.of(
                Column.array("array", Column.int64("element", n -> n), row -> row),
                Column.map(
                    "map",
                    Column.int32("key", n -> n),
                    Column.uint8("value", n -> 1),
                    row -> row.stream().collect(Collectors.toMap(n -> n, n -> n)))),
            row -> 0);
    try (BlockBuilder<List<Long>> builder =
        new BlockBuilder<>(wide, new BlockSettings(LIMIT, 32 << 10, 3))) {
      builder.append(LongStream.range(0, 2_000).boxed().toList());
      assertThat(builder.isFull()).isTrue();
      builder.build(
          block -> assertThat(block.rawBytes()).isBetween(2_000L * 13, 2_000L * 13 + 100));
    }
  }

  @Test
  void givesAnArrayThatExceedsTheLimitABlockOfItsOwn() {
    Table<long[]> arrays =
        new Table<>(
            "db",
            "t",
            List.of(
                Column.array(
                    "array",
                    Column.int64("element", n -> n),
                    (long[] row) -> Arrays.stream(row).boxed().toList())),
            row -> 0);
    long[] giant = new Random(2).longs(LIMIT).toArray();
    List<Block> blocks = new ArrayList<>();
    try (BlockBuilder<long[]> builder = new BlockBuilder<>(arrays, SETTINGS)) {
      for (long[] row : List.of(new long[] {1}, giant, new long[] {2, 3})) {
        builder.append(row);
      }
      builder.build(blocks::add);
    }
    assertThat(blocks).filteredOn(b -> b.frameBytes() > LIMIT).hasSize(1);
    List<Object> read = new ArrayList<>();
    for (Block block : blocks) {
      read.addAll(NativeBlockReader.readFrame(block.frame()).values().get("array"));
    }
    assertThat(read)
        .isEqualTo(List.of(List.of(1L), Arrays.stream(giant).boxed().toList(), List.of(2L, 3L)));
  }

  @Test
  void givesNoBlockForNoRows() {
    assertThat(encode(SETTINGS, List.of())).isEmpty();
  }

  @Test
  void tellsTheOldestAndTheNewestArrivalOfEachBlockWhateverTheOrder() {
    List<Block> blocks = new ArrayList<>();
    try (BlockBuilder<Row> builder = new BlockBuilder<>(Row.TABLE, SETTINGS)) {
      for (int second : new int[] {5, 3, 8, 4}) {
        builder.append(Row.of(second, ""));
      }
      builder.build(blocks::add);
      builder.append(Row.of(6, ""));
      builder.build(blocks::add);
    }
    assertThat(blocks)
        .extracting(Block::arrivals)
        .containsExactly(new ArrivalTimes(3_000, 8_000), new ArrivalTimes(6_000, 6_000));
  }

  @Test
  void givesThePartsOfASplitBlockTheArrivalsOfTheWhole() {
    Random random = new Random(3);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      rows.add(Row.of(i, noise(random, 400)));
    }
    BlockSettings roomy = new BlockSettings(1 << 10, 1 << 20, 3);
    List<Block> blocks = new ArrayList<>();
    try (BlockBuilder<Row> builder = new BlockBuilder<>(Row.TABLE, roomy)) {
      rows.forEach(builder::append);
      builder.build(blocks::add);
    }
    assertThat(blocks)
        .hasSizeGreaterThan(1)
        .allSatisfy(block -> assertThat(block.arrivals()).isEqualTo(new ArrivalTimes(0, 8_000)));
  }

  @Test
  void endsEveryFrameWithAChecksum() {
    try (BlockBuilder<Row> builder = new BlockBuilder<>(Row.TABLE, SETTINGS)) {
      for (int i = 0; i < 3; i++) {
        builder.append(Row.of(i, "text"));
        builder.build(
            block -> {
              byte[] damaged = block.frame().clone();
              damaged[damaged.length - 1] ^= 1;
              assertThatExceptionOfType(ZstdException.class)
                  .isThrownBy(() -> NativeBlockReader.readFrame(damaged))
                  .withMessageContaining("checksum");
              assertThat(Zstd.getFrameContentSize(block.frame())).isEqualTo(block.rawBytes());
            });
      }
    }
  }

  @Test
  void compressesHarderAtAHigherLevelInEveryBlock() {
    Random random = new Random(5);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      rows.add(Row.of(i, "/catalog/item-" + random.nextInt(100_000) + "/image.jpg"));
    }
    BlockSettings fast = new BlockSettings(1 << 20, 256 << 10, 1);
    BlockSettings small = new BlockSettings(1 << 20, 256 << 10, 12);
    List<Block> large = encode(fast, rows);
    assertThat(encode(small, rows))
        .hasSameSizeAs(large)
        .zipSatisfy(large, (s, l) -> assertThat(s.frameBytes()).isLessThan(l.frameBytes()));
  }

  private static List<Block> encode(BlockSettings settings, List<Row> rows) {
    List<Block> blocks = new ArrayList<>();
    try (BlockBuilder<Row> builder = new BlockBuilder<>(Row.TABLE, settings)) {
      for (Row row : rows) {
        builder.append(row);
        if (builder.isFull()) {
          builder.build(blocks::add);
        }
      }
      builder.build(blocks::add);
    }
    return blocks;
  }

  private static Map<String, List<Object>> decode(List<Block> blocks) {
    Map<String, List<Object>> all = new HashMap<>(Row.expected(List.of()));
    all.replaceAll((name, none) -> new ArrayList<>());
    for (Block block : blocks) {
      NativeBlockReader.Decoded decoded = NativeBlockReader.readFrame(block.frame());
      assertThat(decoded.rowCount()).isEqualTo(block.rowCount());
      decoded.values().forEach((name, values) -> all.get(name).addAll(values));
    }
    return all;
  }

  private static String noise(Random random, int length) {
    StringBuilder text = new StringBuilder();
    random.ints(length, 0, 256).forEach(b -> text.append((char) b));
    return text.toString();
  }
}
