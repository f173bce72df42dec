package io.sluice.sandbox.kafka;

import io.sluice.ops.OperatorException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** What the stack asks of a running broker: whether it answers, and the job's two topics. */
public final class KafkaTopics {
  public static final String HTTP_LOG = "http_log";
  public static final String DEAD_LETTERS = "http_log_dead_letters";

  /** Under which the job commits what it has read. */
  public static final String JOB_GROUP = "sluice";

  private static final long DEAD_LETTER_RETENTION_MILLIS = Duration.ofDays(7).toMillis();
  private static final int ASK_MILLIS = 5_000;
  private static final int CREATE_SECONDS = 20;

  private KafkaTopics() {}

  /** Whether a broker has joined and answers. */
  public static boolean answers(String brokers) {
    try (Admin admin = admin(brokers, ASK_MILLIS)) {
      return !admin.describeCluster().nodes().get(ASK_MILLIS, TimeUnit.MILLISECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException notYet) {
      return false;
    } catch (InterruptedException e) {
      throw OperatorException.interrupted("asking kafka");
    }
  }

  /** Creates the topics that do not exist yet. */
  public static void create(String brokers, int partitions) {
    NewTopic deadLetters =
        new NewTopic(DEAD_LETTERS, 1, (short) 1)
            .configs(
                Map.of(
                    TopicConfig.RETENTION_MS_CONFIG, Long.toString(DEAD_LETTER_RETENTION_MILLIS)));
    try (Admin admin = admin(brokers, CREATE_SECONDS * 1_000)) {
      for (NewTopic topic : List.of(new NewTopic(HTTP_LOG, partitions, (short) 1), deadLetters)) {
        create(admin, topic);
      }
    }
  }

  private static void create(Admin admin, NewTopic topic) {
    try {
      admin.createTopics(List.of(topic)).all().get(CREATE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new OperatorException(
            OperatorException.Kind.FAILED,
            "kafka did not create topic " + topic.name() + ": " + e.getMessage(),
            e);
      }
    } catch (InterruptedException e) {
      throw OperatorException.interrupted("asking kafka");
    }
  }

  private static Admin admin(String brokers, int timeoutMillis) {
    return Admin.create(
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeoutMillis,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeoutMillis,
            AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, 50,
            AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200));
  }
}
