package io.sluice.ops.deadletters;

import static io.sluice.ops.deadletters.Letters.letter;
import static io.sluice.ops.deadletters.Letters.origin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private final Backlog backlog = new Backlog();

  @Test
  void aLetterThatTheJobWroteTwiceIsOne() {
    backlog.add(letter(5, 100));
    backlog.add(letter(3, 100));
    backlog.add(letter(4, 101));

    assertThat(backlog.select(Selection.all())).containsExactly(letter(3, 100), letter(4, 101));
    assertThat(backlog.repeats()).isEqualTo(1);
  }

  @Test
  void aReceiptSettlesALetterAndItsRepeatsWhicheverIsReadFirst() {
    backlog.add(letter(1, 100));
    backlog.add(new Receipt(origin(100), origin(500)));
    backlog.add(letter(9, 100));

    assertThat(backlog.select(Selection.all())).isEmpty();
    assertThat(backlog.standing(letter(1, 100), Letters.TOPIC)).isEqualTo(Standing.REPLAYED);
  }

  @Test
  void aMessageThatCameBackWaitsOnlyIfAskedFor() {
    backlog.add(letter(1, 100));
    backlog.add(new Receipt(origin(100), origin(500)));
    backlog.add(letter(7, 500));

    assertThat(backlog.standing(letter(7, 500), Letters.TOPIC)).isEqualTo(Standing.CAME_BACK);
    assertThat(backlog.select(Selection.all())).isEmpty();
    assertThat(backlog.select(selection(null, null, null, 9, true, null)))
        .containsExactly(letter(7, 500));
  }

  @Test
  void whatWasSentElsewhereToTryItOutStillWaitsHere() {
    backlog.add(letter(1, 100));
    backlog.add(new Receipt(origin(100), new Place("staging", 0, 1)));

    assertThat(backlog.select(Selection.all())).containsExactly(letter(1, 100));
    assertThat(backlog.select(selection(null, null, null, 9, false, "staging"))).isEmpty();
  }

  @Test
  void halfAMessageIsNotReplayed() {
    Letter cut = new Letter(letter(1, 100).place(), origin(100), 0, 0, "too long", 100, true);
    Letter tombstone =
        new Letter(letter(2, 101).place(), origin(101), 0, 0, "no value (tombstone)", -1, false);
    backlog.add(cut);
    backlog.add(tombstone);

    assertThat(backlog.select(Selection.all())).isEmpty();
    assertThat(backlog.standing(cut, Letters.TOPIC)).isEqualTo(Standing.INCOMPLETE);
    assertThat(backlog.standing(tombstone, Letters.TOPIC)).isEqualTo(Standing.INCOMPLETE);
  }

  @Test
  void selectsByReasonTimeAndNumber() {
    backlog.add(letter(1, 10, "truncated: segment 0 has 184 bytes", 1_000));
    backlog.add(letter(2, 11, "empty value", 2_000));
    backlog.add(letter(3, 12, "truncated: segment 0 has 8 bytes", 3_000));
    backlog.add(letter(4, 13, "Truncated in the segment table", 4_000));

    assertThat(offsets(selection("truncated", null, null, 9, false, null)))
        .containsExactly(1L, 3L, 4L);
    assertThat(offsets(selection("truncated", null, null, 2, false, null))).containsExactly(1L, 3L);
    assertThat(offsets(selection(null, 2_000L, 4_000L, 9, false, null))).containsExactly(2L, 3L);
  }

  @Test
  void aSelectionOfNothingIsRefused() {
    assertThatThrownBy(() -> selection(null, null, null, 0, false, null))
        .hasMessageContaining("limit is 0");
    assertThatThrownBy(() -> selection(null, 5L, 5L, 1, false, null)).hasMessageContaining("since");
  }

  private List<Long> offsets(Selection selection) {
    return backlog.select(selection).stream().map(letter -> letter.place().offset()).toList();
  }

  private static Selection selection(
      String reason, Long since, Long until, long limit, boolean cameBack, String to) {
    return new Selection(
        reason == null ? "" : reason,
        since == null ? Instant.MIN : Instant.ofEpochMilli(since),
        until == null ? Instant.MAX : Instant.ofEpochMilli(until),
        limit,
        cameBack,
        Optional.ofNullable(to));
  }
}
