package io.sluice.sandbox.runbook;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.ops.audit.AuditReport;
import io.sluice.sandbox.cli.Main;
import io.sluice.sandbox.config.Home;
import io.sluice.sandbox.config.Ports;
import io.sluice.sandbox.process.Command;
import io.sluice.sandbox.process.LocalPorts;
import io.sluice.sandbox.process.Service;
import io.sluice.sandbox.process.Subprocess;
import io.sluice.sandbox.produce.LogProducer;
import io.sluice.sandbox.produce.ProduceOptions;
import io.sluice.sandbox.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does what {@code docs/operations/sandbox.md} tells people to do, in its order, by a real shell on
 * real processes. After each procedure every record is there exactly once.
 *
 * <p>What is not as on the page: other ports and folders, and a stack whose windows and checkpoints
 * come every second.
 */
@Tag("campaign")
class RunbookIT {
  private static final Duration BLOCK_WITHIN = Duration.ofMinutes(3);
  private static final Duration AWAITED_WITHIN = Duration.ofMinutes(2);
  private static final int RECORDS_PER_SECOND = 500;

  private static final Runbook RUNBOOK = Runbook.read();

  @TempDir static Path checkout;
  private static int portOffset;

  /** A {@code ./sluice} that does not build, beside an empty state folder. */
  @BeforeAll
  static void makeFrontDoor() throws IOException {
    portOffset = freePortOffset();
    String main =
        Home.find()
            .sandboxJava(
                Main.class.getName(),
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", home()),
                List.of())
            .arguments()
            .stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    Path script = checkout.resolve("sluice");
    Files.writeString(
        script,
        """
        #!/usr/bin/env bash
        [ "$1" != up ] || set -- "$@" --proxy-rate 60r/m --checkpoint-interval 1s --kafka-retention 10m
        exec %s "$@"
        """
            .formatted(main));
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  @AfterAll
  static void end() {
    stack().stopAll();
  }

  @TestFactory
  Stream<DynamicTest> everyProcedureLosesAndDoublesNothing() {
    Map<String, List<Runbook.Block>> procedures =
        RUNBOOK.blocks().stream()
            .collect(groupingBy(Runbook.Block::section, LinkedHashMap::new, Collectors.toList()));
    return procedures.entrySet().stream()
        .map(
            procedure ->
                DynamicTest.dynamicTest(
                    procedure.getKey(), () -> procedure.getValue().forEach(RunbookIT::follow)));
  }

  private static void follow(Runbook.Block block) {
    boolean stackIsThere = Files.exists(checkout.resolve("state/stack.json"));
    if (block.quiet() || !stackIsThere) {
      run(block);
    } else {
      LogProducer producer = stack().newProducer(ProduceOptions.untilStopped(RECORDS_PER_SECOND));
      CompletableFuture<?> producing = CompletableFuture.supplyAsync(producer::run);
      try {
        run(block);
      } finally {
        producer.stop();
        producing.join();
      }
    }
    awaitEveryRecordOnce();
  }

  /** If the job runs; the next block finds all of it running. */
  private static void awaitEveryRecordOnce() {
    Stack stack = stack();
    if (stack.jobs().state().filter("RUNNING"::equals).isPresent()) {
      assertThat(stack.flink().awaitAllTasksRun(stack.jobs().running().jobId(), AWAITED_WITHIN))
          .isTrue();
      await()
          .pollInterval(Duration.ofMillis(500))
          .atMost(AWAITED_WITHIN)
          .untilAsserted(
              () -> {
                AuditReport report = stack.audit();
                assertThat(report.isClean()).as(report.toString()).isTrue();
              });
    }
  }

  private static void run(Runbook.Block block) {
    String script = "set -euo pipefail\n" + RUNBOOK.functions() + "set -x\n" + block.script();
    List<String> inFolder = List.of("bash", "-c", "cd '" + checkout + "' && " + onOwnPorts(script));
    Subprocess.Outcome outcome =
        Subprocess.complete(
            new Command(
                inFolder,
                Map.of(
                    "SLUICE_DIR", checkout.resolve("state").toString(),
                    "SLUICE_PORT_OFFSET", Integer.toString(portOffset))),
            BLOCK_WITHIN);
    assertThat(outcome.exitCode()).as(block.section() + ":\n" + outcome.output()).isZero();
  }

  /** The page has the ports that people expect. */
  private static String onOwnPorts(String script) {
    return java.util.regex.Pattern.compile("(127\\.0\\.0\\.1|localhost):(\\d+)")
        .matcher(script)
        .replaceAll(
            match -> match.group(1) + ":" + (Integer.parseInt(match.group(2)) + portOffset));
  }

  private static Stack stack() {
    return Stack.attach(Home.find(), checkout.resolve("state"), line -> {});
  }

  private static String home() {
    return "-D" + Home.PROPERTY + "=" + Home.find().root();
  }

  private static int freePortOffset() {
    for (int offset = 14_000; offset < 23_000; offset += 500) {
      Ports moved = Ports.conventional(offset);
      List<Integer> all =
          Arrays.stream(Service.values()).flatMap(service -> moved.of(service).stream()).toList();
      if (LocalPorts.taken(all).isEmpty()) {
        return offset;
      }
    }
    throw new IllegalStateException("no free ports");
  }
}
