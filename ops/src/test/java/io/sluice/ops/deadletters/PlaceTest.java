package io.sluice.ops.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {
  @Test
  void readsWhatItWrites() {
    Place place = new Place("http_log-eu-2", 3, 1_234_567_890_123L);

    assertThat(place).hasToString("http_log-eu-2-3@1234567890123");
    assertThat(Place.parse(place.toString())).isEqualTo(place);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http_log", "http_log-3", "http_log@3", "-3@4", "a-3@-4", "a-x@4"})
  void refusesOtherText(String text) {
    assertThatThrownBy(() -> Place.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("http_log-3@1234567");
  }
}
