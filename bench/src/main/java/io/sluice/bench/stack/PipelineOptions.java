package io.sluice.bench.stack;

/**
 * What the pipeline benchmark does.
 *
 * @param records in Kafka, read by all rounds
 * @param rounds of bare consumer and job
 */
public record PipelineOptions(long records, int rounds) {
  private static final long MOST_RECORDS = 1_000_000_000;

  public PipelineOptions {
    if (records < 1 || records > MOST_RECORDS) {
      throw new IllegalArgumentException(
          "records is " + records + ", must be 1 to " + MOST_RECORDS);
    }
    if (rounds < 1 || rounds > 100) {
      throw new IllegalArgumentException("rounds is " + rounds + ", must be 1 to 100");
    }
  }
}
