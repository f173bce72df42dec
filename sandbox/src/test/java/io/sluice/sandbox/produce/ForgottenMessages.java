package io.sluice.sandbox.produce;

import io.sluice.ops.audit.TraceId;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What was in a topic before some offsets: messages like any other, of a run nobody knows. */
public final class ForgottenMessages {
  /** Beyond every run of a ledger, so that a row of one is found out. */
  private static final int RUN = 1_000_000;

  private ForgottenMessages() {}

  /**
   * Fills a new topic.
   *
   * @param offsets for each partition, from 0, how many messages it gets
   */
  @SuppressWarnings("FutureReturnValueIgnored") // flush waits, and the offsets are asked for after
  public static void fill(String brokers, String topic, List<Long> offsets) {
    EdgeTraffic traffic = new EdgeTraffic(RUN);
    try (KafkaProducer<byte[], byte[]> kafka =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", brokers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int partition = 0; partition < offsets.size(); partition++) {
        for (long i = 0; i < offsets.get(partition); i++) {
          EdgeRequest request = traffic.next(1_767_225_600_000L, new TraceId(RUN, i).toString());
          kafka.send(new ProducerRecord<>(topic, partition, null, HttpLogMessage.encode(request)));
        }
      }
      kafka.flush();
    }
  }
}
