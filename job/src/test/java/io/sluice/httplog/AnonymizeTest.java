package io.sluice.httplog;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.feed.anonymize.UrlPrivacy;
import io.sluice.feed.testing.RegisteredCounters;
import org.apache.flink.streaming.api.operators.StreamMap;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class AnonymizeTest {
  private static final String UNPARSEABLE =
      "taskmanager.job.task.operator.sluice.unparseableAddresses";

  @Test
  void replacesTheAddressAndNothingElse() throws Exception {
    RegisteredCounters counters = new RegisteredCounters();

    HttpLogRecord out = anonymize(counters, record("203.0.113.77"));

    assertThat(out.remoteAddr).hasToString("203.0.113.X");
    assertThat(out.url).hasToString("/index.html?ip=203.0.113.77");
    assertThat(counters.count(UNPARSEABLE)).isZero();
  }

  @Test
  void masksAddressesInTheUrlIfAsked() throws Exception {
    HttpLogRecord out =
        anonymize(new RegisteredCounters(), record("203.0.113.77"), UrlPrivacy.ADDRESSES);

    assertThat(out.remoteAddr).hasToString("203.0.113.X");
    assertThat(out.url).hasToString("/index.html?ip=203.0.113.X");
  }

  @Test
  void countsWhatIsNotAnAddressAndStoresX() throws Exception {
    RegisteredCounters counters = new RegisteredCounters();

    HttpLogRecord out = anonymize(counters, record("203.0.113.77, 198.51.100.1"));

    assertThat(out.remoteAddr).hasToString("X");
    assertThat(counters.count(UNPARSEABLE)).isEqualTo(1);
  }

  private static HttpLogRecord record(String address) {
    HttpLogRecord record = new HttpLogRecord();
    record.remoteAddr.set(address);
    record.url.set("/index.html?ip=203.0.113.77");
    return record;
  }

  private static HttpLogRecord anonymize(RegisteredCounters counters, HttpLogRecord record)
      throws Exception {
    return anonymize(counters, record, UrlPrivacy.OFF);
  }

  private static HttpLogRecord anonymize(
      RegisteredCounters counters, HttpLogRecord record, UrlPrivacy urlPrivacy) throws Exception {
    OneInputStreamOperatorTestHarness<HttpLogRecord, HttpLogRecord> harness =
        new OneInputStreamOperatorTestHarness<>(
            new StreamMap<>(new Anonymize(urlPrivacy)), counters.environment());
    try {
      harness.open();
      harness.processElement(record, 0);
      return harness.extractOutputValues().get(0);
    } finally {
      harness.close();
    }
  }
}
