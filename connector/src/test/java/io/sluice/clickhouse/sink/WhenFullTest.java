package io.sluice.clickhouse.sink;

import static io.sluice.clickhouse.block.Blocks.block;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.clickhouse.hold.Intake;
import io.sluice.clickhouse.http.VirtualTransport;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;

/** A writer whose proxy cannot be reached, given more than its buffer's limit. */
class WhenFullTest {
  private final VirtualTime time = new VirtualTime(1);
  private final VirtualMetrics metrics = new VirtualMetrics();
  private final RequestThread requests =
      new RequestThread(time::nanoTime, new Pace(World.WINDOW), () -> {});
  private final VirtualMailbox mailbox = new VirtualMailbox(this::untilNextMail);
  private int waits;
  private ClickHouseSinkWriter writer;

  /** The world goes on, until somebody cancels the task. */
  private void untilNextMail() {
    waits++;
    time.pass(World.WINDOW);
    requests.run();
    if (waits == 10) {
      throw new TaskDied();
    }
  }

  private void open(WhenFull whenFull) {
    writer =
        ClickHouseSinkWriter.open(
            World.SETTINGS,
            whenFull,
            new Intake(),
            new VirtualContext(mailbox, time.timersInto(mailbox), metrics),
            List.of(),
            new LaneParts(
                time::nanoTime,
                time::epochMilli,
                () -> "token",
                new Random(1),
                endpoint ->
                    VirtualTransport.client(
                        endpoint,
                        (post, onAnswer) -> {
                          throw new ConnectException("refused");
                        },
                        time.deadlines(),
                        time::nanoTime,
                        time::epochMilli),
                name -> requests,
                new BufferMemory(Long.MAX_VALUE)));
  }

  private void writeABufferFull() throws Exception {
    writer.write(block(World.SETTINGS.maxBufferBytes()), null);
  }

  private void cover(long checkpoint) throws Exception {
    writer.snapshotState(checkpoint);
    writer.write(new CheckpointCompleted(checkpoint), null);
  }

  private double fill() {
    return (double) metrics.ownGauge("bufferedBytes").getAsLong()
        / metrics.ownGauge("bufferLimitBytes").getAsLong();
  }

  @Test
  void aSinkBehindAShuffleTakesWhatComesWhileOnlyACheckpointWouldHelp() throws Exception {
    open(WhenFull.BLOCK);

    writeABufferFull();
    writeABufferFull();
    writer.snapshotState(1);
    writeABufferFull();

    assertThat(waits).isZero();
    assertThat(fill()).isEqualTo(3);
    assertThat(metrics.ownGauge("sourceHeld").getAsLong()).isZero();
  }

  @Test
  void aSinkBehindAShuffleBlocksWhileARequestMayMakeRoom() throws Exception {
    open(WhenFull.BLOCK);
    writeABufferFull();
    cover(1);

    try {
      writeABufferFull();
    } catch (TaskDied cancelled) {
      // It would have waited on.
    }

    assertThat(waits).isEqualTo(10);
    assertThat(metrics.ownGauge("sourceHeld").getAsLong()).isOne();
    assertThat(fill()).isOne();
  }

  @Test
  void saysThatWhatIsSentAtTheEndOfAnInputThatNobodyHoldsIsNotExact() throws Exception {
    open(WhenFull.BLOCK);
    writeABufferFull();
    List<String> said = new ArrayList<>();
    Logger logger = (Logger) LogManager.getLogger(ClickHouseSinkWriter.class);
    Appender appender =
        new AbstractAppender("lines", null, null, true, Property.EMPTY_ARRAY) {
          @Override
          public void append(LogEvent event) {
            said.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
          }
        };
    Configurator.setLevel(logger.getName(), Level.WARN);
    appender.start();
    logger.addAppender(appender);

    try {
      writer.flush(true);
    } catch (TaskDied cancelled) {
      // It would have waited on.
    } finally {
      logger.removeAppender(appender);
      // As the simulation sets it.
      Configurator.setLevel(logger.getName(), Level.OFF);
    }

    assertThat(said)
        .anyMatch(
            line -> line.startsWith("WARN Lane 0: the input has ended, and 10 rows are sent"));
  }

  @Test
  void aSinkThatHoldsItsSourceNeverWaitsItself() throws Exception {
    open(WhenFull.HOLD_SOURCE);
    writeABufferFull();
    cover(1);

    writeABufferFull();

    assertThat(waits).isZero();
    assertThat(metrics.ownGauge("sourceHeld").getAsLong()).isOne();
  }

  @Test
  void aSinkThatAcceptsNeverWaitsAndShowsHowFullItIs() throws Exception {
    open(WhenFull.ACCEPT);
    writeABufferFull();
    cover(1);

    writeABufferFull();

    assertThat(waits).isZero();
    assertThat(fill()).isEqualTo(2);
    assertThat(metrics.ownGauge("sourceHeld").getAsLong()).isZero();
  }
}
