package io.sluice.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
