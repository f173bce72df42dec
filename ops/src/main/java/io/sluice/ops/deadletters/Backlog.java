package io.sluice.ops.deadletters;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a dead-letter topic holds, and what of it was replayed. Letters and receipts may be added in
 * any order: they come from several partitions. Pure; one thread.
 */
public final class Backlog {
  private static final Comparator<Letter> BY_PLACE =
      Comparator.<Letter>comparingInt(letter -> letter.place().partition())
          .thenComparingLong(letter -> letter.place().offset());

  private final Map<Place, Letter> letters = new HashMap<>();

  /** By a letter's origin, the topics that it was replayed to. */
  private final Map<Place, Set<String>> replayedTo = new HashMap<>();

  private final Set<Place> sentTo = new HashSet<>();
  private long repeats;
  private long foreign;

  /** Takes a letter. The job writes at least once: a second one of the same origin is a repeat. */
  void add(Letter letter) {
    Letter known = letters.get(letter.origin());
    if (known != null) {
      repeats++;
    }
    if (known == null || BY_PLACE.compare(letter, known) < 0) {
      letters.put(letter.origin(), letter);
    }
  }

  void add(Receipt receipt) {
    replayedTo
        .computeIfAbsent(receipt.origin(), origin -> new HashSet<>())
        .add(receipt.sentTo().topic());
    sentTo.add(receipt.sentTo());
  }

  void addForeign() {
    foreign++;
  }

  /** One letter for each origin, in the order of the topic. */
  public List<Letter> letters() {
    return letters.values().stream().sorted(BY_PLACE).toList();
  }

  public long repeats() {
    return repeats;
  }

  public long foreign() {
    return foreign;
  }

  /**
   * What has become of a letter.
   *
   * @param target the topic that it would be replayed to: what was sent elsewhere, to try it out,
   *     waits here all the same
   */
  public Standing standing(Letter letter, String target) {
    if (replayedTo.getOrDefault(letter.origin(), Set.of()).contains(target)) {
      return Standing.REPLAYED;
    }
    if (!letter.isWhole()) {
      return Standing.INCOMPLETE;
    }
    return sentTo.contains(letter.origin()) ? Standing.CAME_BACK : Standing.WAITING;
  }

  /** The letters that a selection would replay now, in the order of the topic. */
  public List<Letter> select(Selection selection) {
    return letters().stream()
        .filter(selection::matches)
        .filter(letter -> selection.takes(standing(letter, selection.targetOf(letter))))
        .limit(selection.limit())
        .toList();
  }
}
