package io.sluice.sandbox.flink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlinkJobsTest {
  @Test
  void aStackTraceIsCutDownToItsReasons() {
    String output =
        """
        Job has not been submitted
        ------
         The program finished with the following exception:

        org.example.Outer: it failed
        \tat org.example.Main.main(Main.java:1)
        Caused by: java.io.IOException: no disk
        \t... 10 more
        """;

    assertThat(FlinkJobs.reasonsIn(output))
        .isEqualTo("  org.example.Outer: it failed\n  Caused by: java.io.IOException: no disk");
  }

  @Test
  void outputWithoutAStackTraceIsShownAsItIs() {
    assertThat(FlinkJobs.reasonsIn("window: 'x' is no duration\n"))
        .isEqualTo("window: 'x' is no duration");
  }
}
