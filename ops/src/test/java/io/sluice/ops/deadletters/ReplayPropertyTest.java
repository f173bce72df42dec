package io.sluice.ops.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * A dead-letter topic as the job writes it, with repeats, and replays that select at random and die
 * at random, between two transactions: Kafka keeps or forgets a transaction as a whole.
 */
class ReplayPropertyTest {
  private final List<Object> topic = new ArrayList<>();
  private final Map<Place, Integer> sent = new HashMap<>();
  private long nextOffset = 10_000;

  @Property(tries = 300)
  void eachMessageIsSentOnceHoweverOftenReplaysDie(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 60) int messages) {
    topic.clear();
    sent.clear();
    for (int round = 0; round < 5; round++) {
      write(random, messages);
      replay(selection(random), 1 + random.nextInt(10), random.nextInt(6));
    }
    replay(Selection.all(), 7, Integer.MAX_VALUE);

    assertThat(sent.values()).allMatch(times -> times == 1);
    assertThat(sent.keySet())
        .containsAll(
            topic.stream()
                .filter(Letter.class::isInstance)
                .map(m -> ((Letter) m).origin())
                .toList());
  }

  private void write(Random random, int messages) {
    for (int i = 0; i < messages; i++) {
      topic.add(Letters.letter(topic.size(), random.nextInt(messages * 2)));
    }
  }

  private static Selection selection(Random random) {
    return new Selection(
        random.nextBoolean() ? (random.nextBoolean() ? "empty" : "other") : "",
        Instant.MIN,
        Instant.MAX,
        1 + random.nextInt(40),
        random.nextBoolean(),
        Optional.empty());
  }

  private void replay(Selection selection, int perTransaction, int transactions) {
    Backlog backlog = new Backlog();
    for (Object message : topic) {
      if (message instanceof Letter letter) {
        backlog.add(letter);
      } else if (message instanceof Receipt receipt) {
        backlog.add(receipt);
      }
    }
    backlog.select(selection).stream()
        .limit((long) perTransaction * transactions)
        .forEach(
            letter -> {
              sent.merge(letter.origin(), 1, Integer::sum);
              topic.add(new Receipt(letter.origin(), Letters.origin(nextOffset++)));
            });
  }
}
