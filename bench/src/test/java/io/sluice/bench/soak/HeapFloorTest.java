package io.sluice.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HeapFloorTest {
  private final HeapFloor floor = new HeapFloor();

  @Test
  void takesOnlyTheReadingAfterACollection() {
    floor.look(0, 500, 3);
    floor.look(1, 600, 3);
    floor.look(2, 100, 4);
    floor.look(3, 200, 4);
    floor.look(4, 120, 6);
    floor.look(5, 130, 6);

    assertThat(floor.points())
        .containsExactly(new HeapFloor.Point(2, 100), new HeapFloor.Point(4, 120));
    assertThat(floor.last()).isEqualTo(120);
  }

  @Test
  void aReadingFromBeforeTheCollectionThatCameWithItsCountIsNoFloor() {
    floor.look(0, 600, 3);
    floor.look(1, 700, 4);
    floor.look(2, 110, 4);
    floor.look(3, 120, 4);

    assertThat(floor.points()).containsExactly(new HeapFloor.Point(1, 110));
  }

  @Test
  void collectionsOneAfterTheOtherAllCount() {
    floor.look(0, 600, 3);
    floor.look(1, 700, 4);
    floor.look(2, 110, 5);
    floor.look(3, 90, 5);

    assertThat(floor.points())
        .containsExactly(new HeapFloor.Point(1, 110), new HeapFloor.Point(2, 90));
  }

  @Test
  void comparesTheFirstThirdWithTheLast() {
    floor.look(0, 0, 0);
    double[] used = {10, 12, 11, 50, 50, 50, 21, 20, 22};
    for (int i = 0; i < used.length; i++) {
      floor.look(i + 1, used[i], i + 1);
      floor.look(i + 1.5, used[i] + 5, i + 1);
    }

    assertThat(floor.ofThird(0)).isEqualTo(11);
    assertThat(floor.ofThird(2)).isEqualTo(21);
  }

  @Test
  void theSlopeIsOfTheMeanAndPerHour() {
    floor.look(0, 0, 0);
    double[] used = {95, 100, 105};
    for (int i = 0; i < used.length; i++) {
      floor.look(i * 1_800, used[i], i + 1);
      floor.look(i * 1_800 + 1, used[i], i + 1);
    }

    assertThat(floor.percentPerHour()).isCloseTo(10, within(1e-9));
  }

  @Test
  void knowsNothingBeforeACollection() {
    floor.look(0, 500, 0);

    assertThat(floor.last()).isNaN();
    assertThat(floor.ofThird(0)).isNaN();
    assertThat(floor.ofThird(2)).isNaN();
    assertThat(floor.percentPerHour()).isZero();
  }
}
