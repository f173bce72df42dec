package io.sluice.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ops.ScriptedServer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrometheusEndpointTest {
  @Test
  void addsUpWhatSeveralProcessesShow() throws IOException {
    try (ScriptedServer one = new ScriptedServer().answer("/metrics", "rows{lane=\"0\"} 3");
        ScriptedServer other = new ScriptedServer().answer("/metrics", "rows{lane=\"1\"} 4")) {
      assertThat(PrometheusEndpoint.scrape(List.of(one.url(), other.url())))
          .hasValueSatisfying(text -> assertThat(text.sum("rows")).isEqualTo(7));
    }
  }

  @Test
  void onesThatDoNotAnswerAreLeftOut() throws IOException {
    ScriptedServer gone = new ScriptedServer();
    gone.close();
    try (ScriptedServer there = new ScriptedServer().answer("/metrics", "rows 3")) {
      assertThat(PrometheusEndpoint.scrape(List.of(gone.url(), there.url())))
          .hasValueSatisfying(text -> assertThat(text.sum("rows")).isEqualTo(3));
    }
    assertThat(PrometheusEndpoint.scrape(List.of(gone.url()))).isEmpty();
    assertThat(PrometheusEndpoint.scrape(List.of(URI.create("http://no.such.host.invalid:1"))))
        .isEmpty();
  }
}
