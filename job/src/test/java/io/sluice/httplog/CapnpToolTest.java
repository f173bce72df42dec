package io.sluice.httplog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.clickhouse.block.Utf8Slice;
import io.sluice.feed.capnp.Defect;
import io.sluice.feed.kafka.UndecodableMessageException;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares with the {@code capnp} tool of the C++ implementation, which shares no code with the
 * Java one. Where the tool is not on the PATH these tests are skipped, in CI they fail.
 */
class CapnpToolTest {
  private static final Path SCHEMA = Path.of("../schema/http_log.capnp");
  private static final Path IMPORTS = Path.of("src/test/resources/capnp");

  private static final int MUTATED = 50_000;
  private static final String ERROR = "error";

  @TempDir Path folder;

  @BeforeAll
  static void needsTheTool() {
    boolean onPath =
        Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "capnp")));
    boolean inCi = "true".equals(System.getenv("CI"));
    assumeTrue(
        onPath || inCi, "capnp is not on the PATH (Debian: apt-get install capnproto); skipped");
    assertThat(onPath).as("capnp is on the PATH, as CI must have it").isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 4, 7, 11})
  void decodesWhatTheToolEncodes(int segmentWords) throws Exception {
    LogRow unusual =
        new LogRow(-1, Long.MIN_VALUE, 1, 0, 65535, null, "", "2001:db8::1", "/ü\"\\\n€😀");
    for (LogRow row : List.of(LogRow.EXAMPLE, LogRow.DEFAULTS, unusual)) {
      byte[] encoded = encode(SCHEMA, segmentWords, row.toCapnpText());

      assertThat(LogRow.decode(encoded)).isEqualTo(row.decoded());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1024})
  void toolDecodesWhatTheTestsEncode(int segmentWords) throws Exception {
    byte[] text =
        run(
            LogRow.EXAMPLE.encode(segmentWords),
            List.of(
                "capnp",
                "decode",
                "--short",
                "-I",
                IMPORTS.toString(),
                SCHEMA.toString(),
                "HttpLogRecord"));

    assertThat(new String(text, UTF_8))
        .contains("resourceId = 42", "responseStatus = 200", "url = \"/index.html?q=1\"");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4})
  void decodesMessagesOfANewerSchema(int segmentWords) throws Exception {
    Path newer =
        schema(
            """
            url @8 :Text;
            tlsVersion @9 :UInt16;
            cost @10 :Float64;
            country @11 :Text;
            hops @12 :List(Hop);
            struct Hop { name @0 :Text; millis @1 :UInt32; }
            """);
    String text = LogRow.EXAMPLE.toCapnpText();
    String more =
        ", tlsVersion = 772, cost = 1.5, country = \"XK\","
            + " hops = [(name = \"a\", millis = 3), (name = \"b\", millis = 4)])";

    byte[] encoded = encode(newer, segmentWords, text.substring(0, text.length() - 1) + more);

    assertThat(LogRow.decode(encoded)).isEqualTo(LogRow.EXAMPLE);
  }

  @Test
  void decodesMessagesOfAnOlderSchema() throws Exception {
    Path older = folder.resolve("older.capnp");
    Files.writeString(
        older,
        """
        @0xf42cd342ff520eca;
        struct HttpLogRecord {
          timestampEpochMilli @0 :UInt64;
          resourceId @1 :UInt64;
        }
        """);

    byte[] encoded = encode(older, 0, "(timestampEpochMilli = 5, resourceId = 6)");

    assertThat(LogRow.decode(encoded)).isEqualTo(new LogRow(5, 6, 0, 0, 0, "", "", "", ""));
  }

  @Test
  void agreesWithTheToolOnMutatedMessages() throws Exception {
    MutatedMessages mutated = new MutatedMessages(7);
    List<byte[]> messages = Stream.generate(mutated::next).limit(MUTATED).toList();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    messages.forEach(all::writeBytes);

    List<String> tools = decodedByTheTool(all.toByteArray());

    assertThat(tools).hasSameSizeAs(messages);
    assertThat(Collections.frequency(tools, ERROR)).isBetween(MUTATED / 5, MUTATED * 4 / 5);
    int overlapping = 0;
    for (int i = 0; i < MUTATED; i++) {
      byte[] message = messages.get(i);
      String ours = decoded(message);
      if (ours.equals(Defect.TEXTS_OVERLAP.words())) {
        overlapping++;
      } else {
        assertThat(ours).as(() -> HexFormat.of().formatHex(message)).isEqualTo(tools.get(i));
      }
    }
    assertThat(overlapping).as("refused by a rule of our own").isLessThan(MUTATED / 100);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 510, 511, 512, 513})
  void agreesWithTheToolOnTheNumberOfSegments(int count) throws Exception {
    long[][] segments = new long[count][0];
    segments[0] = new long[] {Words.farPointer(count - 1, count == 1 ? 1 : 0), 0, 0};
    segments[count - 1] =
        count == 1
            ? new long[] {Words.farPointer(0, 1), Words.structPointer(0, 1, 0), 5}
            : new long[] {Words.structPointer(0, 1, 0), 5};
    byte[] message = Words.message(segments);

    assertThat(decoded(message)).isEqualTo(decodedByTheTool(message).get(0));
  }

  /** In the tool's words. */
  private static String decoded(byte[] message) {
    try {
      HttpLogRecord record = LogRow.used();
      new HttpLogDecoder().decode(message, 0, record);
      return "(timestampEpochMilli = %s, resourceId = %s, bytesSent = %s, requestTimeMilli = %s, responseStatus = %d"
              .formatted(
                  Long.toUnsignedString(record.timestampEpochMilli),
                  Long.toUnsignedString(record.resourceId),
                  Long.toUnsignedString(record.bytesSent),
                  Long.toUnsignedString(record.requestTimeMilli),
                  record.responseStatus)
          + text("cacheStatus", record.cacheStatus)
          + text("method", record.method)
          + text("remoteAddr", record.remoteAddr)
          + text("url", record.url)
          + ")";
    } catch (UndecodableMessageException e) {
      return Defect.TEXTS_OVERLAP.words().equals(e.getMessage()) ? e.getMessage() : ERROR;
    }
  }

  private static String text(String field, Utf8Slice text) {
    StringBuilder quoted = new StringBuilder();
    for (byte character : text.toByteArray()) {
      int unsigned = Byte.toUnsignedInt(character);
      int escape = "\u0007\b\f\n\r\t\u000b'\"\\".indexOf(unsigned);
      if (escape >= 0) {
        quoted.append('\\').append("abfnrtv'\"\\".charAt(escape));
      } else if (unsigned < ' ' || unsigned == 0x7f) {
        quoted.append("\\%03o".formatted(unsigned));
      } else {
        quoted.append((char) unsigned);
      }
    }
    return quoted.isEmpty() ? "" : ", %s = \"%s\"".formatted(field, quoted);
  }

  /** For each message one line, without empty texts; {@link #ERROR} for what it cannot read. */
  private List<String> decodedByTheTool(byte[] messages) throws Exception {
    Path out = folder.resolve("decoded");
    Process tool =
        new ProcessBuilder(
                "capnp",
                "decode",
                "--short",
                "--quiet",
                "-I",
                IMPORTS.toString(),
                SCHEMA.toString(),
                "HttpLogRecord")
            .redirectInput(Files.write(folder.resolve("in"), messages).toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(tool.waitFor(60, TimeUnit.SECONDS)).as("capnp ended").isTrue();
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(out, ISO_8859_1)) {
      if (line.startsWith("(")) {
        lines.add(line.replaceAll(", [a-zA-Z]+ = \"\"(?=[,)])", ""));
      } else if (line.startsWith("*** ERROR")) {
        lines.set(lines.size() - 1, ERROR);
      }
    }
    return lines;
  }

  /** The schema with its last field replaced by {@code fields}. */
  private Path schema(String fields) throws IOException {
    String current = Files.readString(SCHEMA);
    assertThat(current).contains("url @8 :Text;");
    Path file = folder.resolve("newer.capnp");
    Files.writeString(file, current.replace("url @8 :Text;", fields));
    return file;
  }

  /**
   * @param segmentWords 0 for one segment
   */
  private byte[] encode(Path schema, int segmentWords, String text) throws Exception {
    List<String> command = new ArrayList<>(List.of("capnp", "encode", "-I", IMPORTS.toString()));
    if (segmentWords > 0) {
      command.add("--segment-size=" + segmentWords);
    }
    command.addAll(List.of(schema.toString(), "HttpLogRecord"));
    byte[] encoded = run(text.getBytes(UTF_8), command);
    assertThat(encoded).hasSizeGreaterThan(8);
    return encoded;
  }

  private byte[] run(byte[] input, List<String> command) throws Exception {
    Path in = Files.write(folder.resolve("in"), input);
    Path out = folder.resolve("out");
    Path errors = folder.resolve("errors");
    Process process =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(errors.toFile())
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("capnp ended").isTrue();
    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    return Files.readAllBytes(out);
  }
}
