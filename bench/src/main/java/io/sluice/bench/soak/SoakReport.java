package io.sluice.bench.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a soak gives: the figures, and the samples to look at. */
public final class SoakReport {
  private static final int MOST_LINES = 400;

  private final SoakResult result;
  private final List<Sample> samples;
  private final String histogram;

  /**
   * @param histogram of the rows' age when they could be queried
   */
  SoakReport(SoakResult result, List<Sample> samples, String histogram) {
    this.result = result;
    this.samples = List.copyOf(samples);
    this.histogram = histogram;
  }

  public SoakResult result() {
    return result;
  }

  /** For people. */
  public String histogram() {
    return histogram;
  }

  /** Writes the samples, thinned to 400, as comma-separated values. */
  public void writeCsv(Path file) {
    write(file, String.join("\n", SampleCsv.lines(samples, MOST_LINES)) + "\n");
  }

  /** Writes the samples as a picture. */
  public void writePlot(Path file) {
    write(file, new SoakPlot(result, samples).svg());
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
