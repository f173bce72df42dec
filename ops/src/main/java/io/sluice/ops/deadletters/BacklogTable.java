package io.sluice.ops.deadletters;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.sluice.ops.report.TextTable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A backlog in two tables: by reason, and by where the messages came from.
 *
 * @param selection the letters that are meant, and where they would be sent to
 */
public record BacklogTable(Backlog backlog, Selection selection) {

  /** Empty if no letter is meant. */
  public String byReason() {
    return table("reason", Letter::kind);
  }

  public String byOrigin() {
    return table("from", letter -> letter.origin().topic() + "-" + letter.origin().partition());
  }

  /** How many letters stand how, for JSON; in small letters. */
  public Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("letters", (long) letters().size());
    for (Standing standing : Standing.values()) {
      counts.put(standing.name().toLowerCase(Locale.ROOT), count(letters(), standing));
    }
    counts.put("repeats", backlog.repeats());
    counts.put("foreign", backlog.foreign());
    return counts;
  }

  private List<Letter> letters() {
    return backlog.letters().stream().filter(selection::matches).toList();
  }

  private String table(String head, Function<Letter, String> key) {
    TextTable table =
        new TextTable(
            head,
            "letters",
            "waiting",
            "replayed",
            "came back",
            "incomplete",
            "first",
            "last",
            "one of them");
    Map<String, List<Letter>> groups =
        letters().stream().collect(groupingBy(key, TreeMap::new, toList()));
    groups.forEach(
        (name, group) -> {
          LongSummaryStatistics times =
              group.stream().mapToLong(Letter::timestampEpochMilli).summaryStatistics();
          table.row(
              name,
              "%,d".formatted(group.size()),
              "%,d".formatted(count(group, Standing.WAITING)),
              "%,d".formatted(count(group, Standing.REPLAYED)),
              "%,d".formatted(count(group, Standing.CAME_BACK)),
              "%,d".formatted(count(group, Standing.INCOMPLETE)),
              time(times.getMin()),
              time(times.getMax()),
              group.get(0).origin().toString());
        });
    return groups.isEmpty() ? "" : table.toString();
  }

  private long count(List<Letter> letters, Standing standing) {
    return letters.stream()
        .filter(letter -> backlog.standing(letter, selection.targetOf(letter)) == standing)
        .count();
  }

  private static String time(long epochMilli) {
    return Instant.ofEpochMilli(epochMilli).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
