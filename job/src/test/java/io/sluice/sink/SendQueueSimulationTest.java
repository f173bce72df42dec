package io.sluice.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.sluice.block.ArrivalTimes;
import io.sluice.block.Block;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The real queue against a model of Flink's checkpoints and of a server that forgets no token, in
 * random order: checkpoints that complete, fail and overlap with requests; answers that get lost;
 * requests of a dead attempt that arrive late; limits that change; crashes at any moment. One seed
 * is one run.
 */
class SendQueueSimulationTest {
  private static final int SEEDS = 20_000;
  private static final int STEPS = 120;
  private static final int BYTES_PER_ROW = Long.BYTES;
  private static final int MAX_REQUEST_BYTES = 40 * BYTES_PER_ROW;

  @Test
  void storesEveryRowExactlyOnceWhateverHappens() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      try {
        new Simulation(seed).run();
      } catch (AssertionError | RuntimeException e) {
        fail("seed " + seed, e);
      }
    }
  }

  /** What a checkpoint holds: how far the source had read, and the batches. */
  private record Checkpoint(long id, long offset, List<Batch> batches) {}

  private static final class Simulation {
    final Random random;
    final Server server = new Server();
    final List<Batch> lateRequests = new ArrayList<>();

    SendQueue queue;
    long offset;
    long farthestOffset;
    long lastCheckpointId;
    Checkpoint completed = new Checkpoint(0, 0, List.of());
    Optional<Checkpoint> pending = Optional.empty();
    Optional<Batch> inFlight = Optional.empty();
    boolean appliedInFlight;

    Simulation(long seed) {
      random = new Random(seed);
      restore();
    }

    void run() {
      for (int step = 0; step < STEPS; step++) {
        switch (random.nextInt(10)) {
          case 0, 1, 2 -> read();
          case 3 -> takeCheckpoint();
          case 4 -> endCheckpoint(random.nextInt(4) > 0);
          case 5, 6 -> offer();
          case 7 -> answer();
          case 8 -> server.maxRows = 5 + random.nextInt(60);
          default -> rarely();
        }
      }
      drain();
      assertThat(server.rows).hasSize((int) farthestOffset);
    }

    private void rarely() {
      switch (random.nextInt(3)) {
        case 0 -> crash();
        case 1 -> {
          if (!lateRequests.isEmpty()) {
            server.apply(lateRequests.get(random.nextInt(lateRequests.size())));
          }
        }
        default -> inFlight.ifPresent(this::applyInFlight);
      }
    }

    /** Blocks are cut anew after each crash, as the encoder would. */
    private void read() {
      int rows = 1 + random.nextInt(12);
      ByteBuffer frame = ByteBuffer.allocate(rows * BYTES_PER_ROW);
      for (int row = 0; row < rows; row++) {
        frame.putLong(offset++);
      }
      farthestOffset = Math.max(farthestOffset, offset);
      queue.add(new Block(frame.array(), rows, rows, ArrivalTimes.of(new long[rows], 0, rows)));
    }

    private void takeCheckpoint() {
      if (pending.isEmpty()) {
        lastCheckpointId++;
        pending =
            Optional.of(new Checkpoint(lastCheckpointId, offset, queue.freeze(lastCheckpointId)));
      }
    }

    private void endCheckpoint(boolean succeeds) {
      if (pending.isPresent() && succeeds) {
        completed = pending.get();
        // The notification may get lost; the next one covers the same batches.
        if (random.nextInt(8) > 0) {
          queue.checkpointCompleted(completed.id());
        }
      }
      pending = Optional.empty();
    }

    private void offer() {
      Optional<Batch> offered = queue.offer();
      offered.ifPresent(
          batch -> {
            assertThat(completed.batches()).as("sent, but not in a checkpoint").contains(batch);
            assertThat(inFlight).as("one request at a time").isEmpty();
            inFlight = offered;
            appliedInFlight = false;
          });
    }

    private void applyInFlight(Batch batch) {
      appliedInFlight |= server.apply(batch);
    }

    private void answer() {
      inFlight.ifPresent(
          batch -> {
            if (batch.rowCount() > server.maxRows) {
              if (!appliedInFlight) {
                queue.tooLarge(batch);
                inFlight = Optional.empty();
              }
              return;
            }
            switch (random.nextInt(6)) {
              case 0 -> queue.retry(batch, appliedInFlight);
              case 1 -> {
                // The answer is lost, and the request arrives now, later or never.
                if (random.nextBoolean()) {
                  server.apply(batch);
                } else {
                  lateRequests.add(batch);
                }
                queue.retry(batch, true);
              }
              case 2 -> queue.setAside(batch, true);
              default -> {
                server.apply(batch);
                queue.acknowledge(batch);
              }
            }
            inFlight = Optional.empty();
          });
    }

    /** The attempt dies; its request may still be under way. */
    private void crash() {
      inFlight.ifPresent(lateRequests::add);
      inFlight = Optional.empty();
      pending = Optional.empty();
      restore();
    }

    private void restore() {
      queue = new SendQueue(MAX_REQUEST_BYTES, () -> Long.toHexString(random.nextLong()));
      offset = completed.offset();
      completed.batches().forEach(queue::restore);
    }

    /** Without further faults everything gets stored. */
    private void drain() {
      lateRequests.forEach(server::apply);
      while (offset < farthestOffset) {
        read();
      }
      server.maxRows = Integer.MAX_VALUE;
      for (int round = 0; !queue.isEmpty() || inFlight.isPresent(); round++) {
        assertThat(round).as("rounds until all is stored").isLessThan(1_000);
        endCheckpoint(true);
        takeCheckpoint();
        completed = pending.orElseThrow();
        queue.checkpointCompleted(completed.id());
        pending = Optional.empty();
        offer();
        inFlight.ifPresent(
            batch -> {
              server.apply(batch);
              queue.acknowledge(batch);
              inFlight = Optional.empty();
            });
      }
    }
  }

  /** Stores a batch once per token, and minds what it must never see. */
  private static final class Server {
    final Map<Long, String> rows = new TreeMap<>();
    final Map<String, byte[]> bodies = new HashMap<>();
    int maxRows = Integer.MAX_VALUE;

    /** Whether the batch went past the size limit. */
    boolean apply(Batch batch) {
      byte[] body = body(batch);
      if (batch.rowCount() > maxRows) {
        return false;
      }
      byte[] before = bodies.putIfAbsent(batch.token(), body);
      if (before != null) {
        assertThat(Arrays.equals(before, body)).as("same bytes under one token").isTrue();
        return true;
      }
      ByteBuffer ids = ByteBuffer.wrap(body);
      while (ids.hasRemaining()) {
        long row = ids.getLong();
        String twice = rows.put(row, batch.token());
        assertThat(twice).as("row %s is stored twice", row).isNull();
      }
      return true;
    }

    private static byte[] body(Batch batch) {
      ByteBuffer body = ByteBuffer.allocate((int) batch.byteCount());
      batch.frames().forEach(body::put);
      return body.array();
    }
  }
}
