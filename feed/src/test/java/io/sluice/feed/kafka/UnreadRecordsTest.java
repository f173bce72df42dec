package io.sluice.feed.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class UnreadRecordsTest {
  private static final TopicPartition P0 = new TopicPartition("http_log", 0);
  private static final TopicPartition P1 = new TopicPartition("http_log", 1);

  @Test
  void aGapBelowTheStartOfTheLogWasDeleted() {
    assertThat(new OffsetGap(P0, 100, 250).deleted(250)).isEqualTo(150);
    assertThat(new OffsetGap(P0, 100, 250).deleted(9_000)).isEqualTo(150);
  }

  @Test
  void aGapInWhatTheLogStillHasIsNoLoss() {
    assertThat(new OffsetGap(P0, 100, 101).deleted(0)).isZero();
    assertThat(new OffsetGap(P0, 100, 101).deleted(100)).isZero();
  }

  @Test
  void aGapAcrossTheStartOfTheLogCountsUpToIt() {
    // Deleted up to 249; a commit marker at 250, the next record at 251.
    assertThat(new OffsetGap(P0, 100, 251).deleted(250)).isEqualTo(150);
  }

  @Test
  void sumsUpAndNamesThePartitionsThatLost() {
    UnreadRecords unread =
        UnreadRecords.among(
            List.of(
                new OffsetGap(P0, 100, 250), new OffsetGap(P1, 7, 8), new OffsetGap(P0, 300, 400)),
            Map.of(P0, 400L, P1, 0L));

    assertThat(unread.deleted()).isEqualTo(250);
    assertThat(unread.description())
        .isEqualTo("http_log-0: 250 records between offsets 100 and 399");
  }

  @Test
  void takesTheWorstWhereKafkaDidNotTell() {
    UnreadRecords unread = UnreadRecords.among(List.of(new OffsetGap(P1, 7, 8)), Map.of());

    assertThat(unread.deleted()).isEqualTo(1);
    assertThat(unread.description()).isEqualTo("http_log-1: 1 records between offsets 7 and 7");
  }

  @Test
  void aGapIsNotEmpty() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OffsetGap(P0, 7, 7))
        .withMessage("from: 7, to: 7, must be 0 <= from < to");
  }
}
