package io.sluice.clickhouse.block;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.arbitraries.StringArbitrary;
import net.jqwik.api.domains.DomainContextBase;

/** Rows with every kind of number, and texts from none to some ten thousand arbitrary bytes. */
public final class RowArbitraries extends DomainContextBase {
  @Provide
  Arbitrary<List<Row>> rowLists() {
    return rows().list().ofMaxSize(40);
  }

  @Provide
  Arbitrary<Row> rows() {
    Arbitrary<Long> times =
        Arbitraries.oneOf(Arbitraries.longs(), Arbitraries.longs().between(0, 5_000_000_000_000L));
    return Combinators.combine(
            Arbitraries.longs().between(0, 2_000_000_000_000L),
            times,
            Arbitraries.longs(),
            Arbitraries.integers().between(0, 65_535),
            texts(),
            texts())
        .as(Row::new);
  }

  private static Arbitrary<String> texts() {
    StringArbitrary anyBytes = Arbitraries.strings().withCharRange('\0', '\u00FF');
    Arbitrary<Integer> longLengths = Arbitraries.of(127, 128, 129, 16_383, 16_384, 20_000);
    return Arbitraries.frequencyOf(
        Tuple.of(20, anyBytes.ofMaxLength(60)),
        Tuple.of(1, longLengths.flatMap(anyBytes::ofLength)));
  }
}
