package io.sluice.ops.deadletters;

import static java.util.stream.Collectors.toSet;

import io.sluice.ops.OperatorException;
import io.sluice.ops.kafka.KafkaAccess;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends dead letters back to their topic, each exactly once: whatever kills a replay, the next one
 * goes on behind the last transaction.
 *
 * <p>Two replays of the same topic do not run side by side: they have one transactional id, so the
 * later one ends the earlier one's transaction and fences it off, and only then looks what is left.
 */
public record Replay(
    DeadLetters deadLetters, int lettersPerTransaction, Consumer<String> progress) {
  /**
   * Consumers that read only what is committed, such as the job, stop before an open transaction.
   * If a replay dies, they stand still for that long and until Kafka looks, which it does every ten
   * seconds; so it has to be a small part of the shortest retention in use, a minute.
   */
  private static final int TRANSACTION_MILLIS = 10_000;

  public Replay {
    if (lettersPerTransaction < 1) {
      throw new IllegalArgumentException(
          "letters per transaction is " + lettersPerTransaction + ", must be at least 1");
    }
  }

  /** What {@link #run} would do now; sends nothing. */
  public ReplayReport dryRun(Selection selection) {
    Backlog backlog = deadLetters.backlog();
    List<Letter> selected = backlog.select(selection);
    targets(selection, selected);
    return report(backlog, selection, selected, 0, 0);
  }

  /**
   * Replays what is selected of the letters that are there at the beginning.
   *
   * @throws OperatorException if Kafka fails; what was replayed by then stays so
   */
  public ReplayReport run(Selection selection) {
    KafkaAccess kafka = deadLetters.kafka();
    kafka.require(Set.of(deadLetters.topic()));
    return kafka.asking(
        () -> {
          try (KafkaProducer<byte[], byte[]> producer = producer()) {
            producer.initTransactions();
            Backlog backlog = deadLetters.backlog();
            List<Letter> selected = backlog.select(selection);
            kafka.require(targets(selection, selected));
            Transactions transactions = new Transactions(this, producer, selected.size());
            deadLetters.values(
                selected,
                (letter, value) ->
                    transactions.add(letter.origin(), selection.targetOf(letter), value));
            long replayed = transactions.commit();
            return report(backlog, selection, selected, replayed, selected.size() - replayed);
          }
        });
  }

  private Set<String> targets(Selection selection, List<Letter> selected) {
    Set<String> targets = selected.stream().map(selection::targetOf).collect(toSet());
    if (targets.contains(deadLetters.topic())) {
      throw OperatorException.failed(
          "letters would be sent to "
              + deadLetters.topic()
              + ", where they are already and no job reads them; name another topic by --to");
    }
    return targets;
  }

  private static ReplayReport report(
      Backlog backlog, Selection selection, List<Letter> selected, long replayed, long deleted) {
    List<Standing> all =
        backlog.letters().stream()
            .map(letter -> backlog.standing(letter, selection.targetOf(letter)))
            .toList();
    long takeable = all.stream().filter(selection::takes).count();
    return new ReplayReport(
        selected.size(),
        replayed,
        deleted,
        takeable - selected.size(),
        all.stream().filter(Standing.CAME_BACK::equals).count(),
        all.stream().filter(Standing.INCOMPLETE::equals).count(),
        backlog.repeats());
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        deadLetters
            .kafka()
            .client(
                Map.of(
                    ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                    "sluice-replay-" + deadLetters.topic(),
                    ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                    TRANSACTION_MILLIS,
                    ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                    TRANSACTION_MILLIS,
                    ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                    TRANSACTION_MILLIS / 2,
                    ProducerConfig.LINGER_MS_CONFIG,
                    5,
                    ProducerConfig.MAX_BLOCK_MS_CONFIG,
                    KafkaAccess.ANSWER_WITHIN.toMillis())),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
