package io.sluice.httplog;

import io.sluice.feed.anonymize.IpAnonymizer;
import io.sluice.feed.anonymize.UrlAnonymizer;
import io.sluice.feed.anonymize.UrlPrivacy;
import io.sluice.feed.kafka.SourceMetric;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.metrics.Counter;

/**
 * Replaces the record's remote address, in place, by its anonymized form (see {@link
 * IpAnonymizer}), which is valid until the next record comes. What is not an address is counted
 * ({@code sluice.unparseableAddresses}), and not logged: it may still identify a person.
 */
final class Anonymize extends RichMapFunction<HttpLogRecord, HttpLogRecord> {
  private static final long serialVersionUID = 1L;

  private final UrlPrivacy urlPrivacy;
  private transient IpAnonymizer anonymizer;
  private transient UrlAnonymizer urls;
  private transient Counter unparseableAddresses;

  Anonymize(UrlPrivacy urlPrivacy) {
    this.urlPrivacy = urlPrivacy;
  }

  @Override
  public void open(OpenContext context) {
    anonymizer = new IpAnonymizer();
    urls = new UrlAnonymizer(urlPrivacy);
    unparseableAddresses =
        SourceMetric.UNPARSEABLE_ADDRESSES.counter(getRuntimeContext().getMetricGroup());
  }

  @Override
  public HttpLogRecord map(HttpLogRecord record) {
    if (!anonymizer.anonymize(record.remoteAddr)) {
      unparseableAddresses.inc();
    }
    urls.anonymize(record.url);
    return record;
  }
}
